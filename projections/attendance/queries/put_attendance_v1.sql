INSERT INTO projections.attendance_v1
SELECT * FROM json_populate_recordset(NULL::projections.attendance_v1, %s::json)
ON CONFLICT (staff) DO UPDATE SET
    code = excluded.code, version = excluded.version, left_at = excluded.left_at, handover = excluded.handover,
    absences = excluded.absences, last_ends_at = excluded.last_ends_at, changed_at = excluded.changed_at
