-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.contacts_v1 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_contacts_v1 AS s WHERE s.stream_id = r.stream_id AND s::text = r::text)
