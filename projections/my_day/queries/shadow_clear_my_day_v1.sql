DELETE FROM pg_temp.shadow_my_day_v1 WHERE journey = ANY (%s::uuid[])
