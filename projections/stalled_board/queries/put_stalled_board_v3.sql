INSERT INTO projections.stalled_board_v3
SELECT * FROM json_populate_recordset(NULL::projections.stalled_board_v3, %s::json)
ON CONFLICT (stream_id, part) DO UPDATE SET
    part_version = excluded.part_version, kind = excluded.kind, what = excluded.what, stage = excluded.stage,
    cause = excluded.cause, mover = excluded.mover, next_action = excluded.next_action, owner_role = excluded.owner_role,
    owner_staff = excluded.owner_staff, caseworker = excluded.caseworker, since = excluded.since,
    opened_at = excluded.opened_at, due_on = excluded.due_on, limit_count = excluded.limit_count,
    limit_unit = excluded.limit_unit, limit_reached_on = excluded.limit_reached_on, country = excluded.country,
    zone = excluded.zone, nudged_at = excluded.nudged_at, nudged_by = excluded.nudged_by,
    nudged_role = excluded.nudged_role, nudged_staff = excluded.nudged_staff, nudge_again_at = excluded.nudge_again_at
