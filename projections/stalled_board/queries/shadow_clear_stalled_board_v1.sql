DELETE FROM pg_temp.shadow_stalled_board_v1 WHERE journey = ANY (%s::uuid[])
