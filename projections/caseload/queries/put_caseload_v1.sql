INSERT INTO projections.caseload_v1
SELECT * FROM json_populate_recordset(NULL::projections.caseload_v1, %s::json)
ON CONFLICT (stream_id, part) DO UPDATE SET
    stream_kind = excluded.stream_kind, code = excluded.code, role = excluded.role, staff = excluded.staff,
    next_due_at = excluded.next_due_at, stalled = excluded.stalled, changed_at = excluded.changed_at
