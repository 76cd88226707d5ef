-- What the shadow has not, or has otherwise. As text, since jsonb calls 1.0 and 1 equal.
DELETE FROM projections.stalled_board_v3 AS r
 WHERE NOT EXISTS (SELECT FROM pg_temp.shadow_stalled_board_v3 AS s WHERE s.stream_id = r.stream_id AND s.part = r.part AND s::text = r::text)
