DELETE FROM pg_temp.shadow_involvement_v1 WHERE journey = ANY (%s::uuid[])
