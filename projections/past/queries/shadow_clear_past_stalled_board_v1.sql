DELETE FROM pg_temp.shadow_past_stalled_board_v1 WHERE stream_id = ANY (%s::uuid[])
