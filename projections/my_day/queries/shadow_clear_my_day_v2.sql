DELETE FROM pg_temp.shadow_my_day_v2 WHERE stream_id = ANY (%s::uuid[])
