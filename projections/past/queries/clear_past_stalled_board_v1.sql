DELETE FROM projections.past_stalled_board_v1 WHERE stream_id = ANY (%s::uuid[])
