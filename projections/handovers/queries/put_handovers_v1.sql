INSERT INTO projections.handovers_v1
SELECT * FROM json_populate_recordset(NULL::projections.handovers_v1, %s::json)
ON CONFLICT (handover) DO UPDATE SET
    code = excluded.code, version = excluded.version, leaver = excluded.leaver, successors = excluded.successors,
    reason = excluded.reason, asked_by = excluded.asked_by, phase = excluded.phase, begun_at = excluded.begun_at,
    ended_at = excluded.ended_at, rounds = excluded.rounds, moved = excluded.moved, refused = excluded.refused,
    under_way = excluded.under_way, due_at = excluded.due_at, stalled = excluded.stalled,
    changed_at = excluded.changed_at
