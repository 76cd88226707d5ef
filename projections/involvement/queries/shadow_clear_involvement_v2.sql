DELETE FROM pg_temp.shadow_involvement_v2 WHERE journey = ANY (%s::uuid[])
