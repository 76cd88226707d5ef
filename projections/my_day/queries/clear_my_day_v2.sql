DELETE FROM projections.my_day_v2 WHERE stream_id = ANY (%s::uuid[])
