-- After the sweep every row that is left equals its shadow, so the key says which are missing.
INSERT INTO projections.past_late_v1
SELECT * FROM pg_temp.shadow_past_late_v1 AS s WHERE NOT EXISTS (SELECT FROM projections.past_late_v1 AS r WHERE s.stream_id = r.stream_id AND s.part = r.part AND s.from_position = r.from_position)
