DELETE FROM pg_temp.shadow_past_journey_list_v1 WHERE journey = ANY (%s::uuid[])
