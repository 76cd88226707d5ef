INSERT INTO projections.journey_file_step_v1
SELECT * FROM json_populate_recordset(NULL::projections.journey_file_step_v1, %s::json)
ON CONFLICT (journey, part) DO UPDATE SET
    version = excluded.version, role = excluded.role, owner_role = excluded.owner_role,
    owner_staff = excluded.owner_staff, status = excluded.status, outcome = excluded.outcome,
    opened_at = excluded.opened_at, settled_at = excluded.settled_at, due_at = excluded.due_at,
    due_on = excluded.due_on, article = excluded.article, appointment = excluded.appointment,
    waits_on = excluded.waits_on, stalled = excluded.stalled, stalled_since = excluded.stalled_since,
    advanced_version = excluded.advanced_version, missed = excluded.missed, stage = excluded.stage,
    step = excluded.step, occurrence = excluded.occurrence, limit_count = excluded.limit_count,
    limit_unit = excluded.limit_unit
