DELETE FROM pg_temp.shadow_past_my_day_v1 WHERE stream_id = ANY (%s::uuid[])
