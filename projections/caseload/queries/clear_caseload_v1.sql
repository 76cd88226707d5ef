DELETE FROM projections.caseload_v1 WHERE stream_id = ANY (%s::uuid[])
