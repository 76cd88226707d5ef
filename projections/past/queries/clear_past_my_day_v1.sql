DELETE FROM projections.past_my_day_v1 WHERE stream_id = ANY (%s::uuid[])
