DELETE FROM projections.stalled_board_v3 WHERE stream_id = ANY (%s::uuid[])
