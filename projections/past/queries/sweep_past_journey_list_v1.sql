-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.past_journey_list_v1 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_past_journey_list_v1 AS s WHERE s.journey = r.journey AND s.from_position = r.from_position AND s::text = r::text)
