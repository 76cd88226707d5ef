DELETE FROM projections.stalled_board_v2 WHERE stream_id = ANY (%s::uuid[])
