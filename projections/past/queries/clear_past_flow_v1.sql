DELETE FROM projections.past_flow_v1 WHERE stream_id = ANY (%s::uuid[])
