DELETE FROM projections.stalled_board_v3 AS r USING unnest(%s::uuid[], %s::text[]) AS gone (stream_id, part)
 WHERE r.stream_id = gone.stream_id AND r.part = gone.part
