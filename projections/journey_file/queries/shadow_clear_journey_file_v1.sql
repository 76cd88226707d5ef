DELETE FROM pg_temp.shadow_journey_file_v1 WHERE journey = ANY (%s::uuid[])
