-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.handovers_v1
SELECT * FROM pg_temp.shadow_handovers_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.handovers_v1 AS r WHERE s.handover = r.handover)
