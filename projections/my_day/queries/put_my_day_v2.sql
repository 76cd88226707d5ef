INSERT INTO projections.my_day_v2
SELECT * FROM json_populate_recordset(NULL::projections.my_day_v2, %s::json)
ON CONFLICT (stream_id, part) DO UPDATE SET
    part_version = excluded.part_version, kind = excluded.kind, what = excluded.what, stage = excluded.stage,
    owner_role = excluded.owner_role, owner_staff = excluded.owner_staff, due_at = excluded.due_at,
    due_on = excluded.due_on, waits_on = excluded.waits_on, stalled = excluded.stalled, mover = excluded.mover,
    appointment = excluded.appointment, date_version = excluded.date_version, zone = excluded.zone
