SELECT stream_kind, stream_id, part, role FROM projections.caseload_v1 WHERE staff = %(staff)s ORDER BY stream_id, part
