DELETE FROM pg_temp.shadow_past_flow_v1 WHERE stream_id = ANY (%s::uuid[])
