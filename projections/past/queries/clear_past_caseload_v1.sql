DELETE FROM projections.past_caseload_v1 WHERE stream_id = ANY (%s::uuid[])
