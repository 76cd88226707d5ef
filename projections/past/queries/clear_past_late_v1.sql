DELETE FROM projections.past_late_v1 WHERE stream_id = ANY (%s::uuid[])
