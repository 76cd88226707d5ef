DELETE FROM pg_temp.shadow_caseload_v1 WHERE stream_id = ANY (%s::uuid[])
