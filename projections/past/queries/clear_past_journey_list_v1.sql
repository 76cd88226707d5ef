DELETE FROM projections.past_journey_list_v1 WHERE journey = ANY (%s::uuid[])
