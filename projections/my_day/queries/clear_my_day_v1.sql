DELETE FROM projections.my_day_v1 WHERE journey = ANY (%s::uuid[])
