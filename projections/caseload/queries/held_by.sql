SELECT DISTINCT stream_kind, stream_id, role, staff FROM projections.caseload_v1 WHERE staff = ANY (%(people)s::uuid[])
