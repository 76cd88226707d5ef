INSERT INTO projections.journey_list_v1
SELECT * FROM json_populate_recordset(NULL::projections.journey_list_v1, %s::json)
ON CONFLICT (journey) DO UPDATE SET
    phase = excluded.phase, stages = excluded.stages, caseworker = excluded.caseworker,
    pathway = excluded.pathway, pathway_version = excluded.pathway_version,
    next_part = excluded.next_part, next_step = excluded.next_step, next_role = excluded.next_role,
    next_due_at = excluded.next_due_at, next_due_on = excluded.next_due_on,
    stalled = excluded.stalled, stalled_since = excluded.stalled_since, closing_reason = excluded.closing_reason,
    opened_at = excluded.opened_at, changed_at = excluded.changed_at, version = excluded.version
