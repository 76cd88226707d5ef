-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.missions_v1
SELECT * FROM pg_temp.shadow_missions_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.missions_v1 AS r WHERE s.mission = r.mission)
