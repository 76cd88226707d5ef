DELETE FROM pg_temp.shadow_stalled_board_v3 WHERE stream_id = ANY (%s::uuid[])
