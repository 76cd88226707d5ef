-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.involvement_v2
SELECT * FROM pg_temp.shadow_involvement_v2 AS s WHERE NOT EXISTS (SELECT FROM projections.involvement_v2 AS r WHERE s.journey = r.journey AND s.part = r.part)
