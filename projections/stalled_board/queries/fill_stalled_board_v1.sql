-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.stalled_board_v1
SELECT * FROM pg_temp.shadow_stalled_board_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.stalled_board_v1 AS r WHERE s.journey = r.journey AND s.part = r.part)
