DELETE FROM pg_temp.shadow_stalled_board_v2 WHERE stream_id = ANY (%s::uuid[])
