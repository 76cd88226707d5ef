DELETE FROM pg_temp.shadow_past_late_v1 WHERE stream_id = ANY (%s::uuid[])
