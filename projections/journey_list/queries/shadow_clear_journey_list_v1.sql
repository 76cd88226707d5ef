DELETE FROM pg_temp.shadow_journey_list_v1 WHERE journey = ANY (%s::uuid[])
