-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.involvement_v2 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_involvement_v2 AS s WHERE s.journey = r.journey AND s.part = r.part AND s::text = r::text)
