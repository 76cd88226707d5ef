-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.stalled_board_v3
SELECT * FROM pg_temp.shadow_stalled_board_v3 AS s WHERE NOT EXISTS (SELECT FROM projections.stalled_board_v3 AS r WHERE s.stream_id = r.stream_id AND s.part = r.part)
