DELETE FROM pg_temp.shadow_past_caseload_v1 WHERE stream_id = ANY (%s::uuid[])
