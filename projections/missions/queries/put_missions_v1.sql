INSERT INTO projections.missions_v1
SELECT * FROM json_populate_recordset(NULL::projections.missions_v1, %s::json)
ON CONFLICT (mission) DO UPDATE SET
    version = excluded.version, plan_version = excluded.plan_version, phase = excluded.phase,
    purpose = excluded.purpose, lead = excluded.lead, team = excluded.team, vehicle = excluded.vehicle,
    supervisor = excluded.supervisor, journeys = excluded.journeys, departure = excluded.departure,
    expected_return = excluded.expected_return, zone = excluded.zone, departed_at = excluded.departed_at,
    heard_at = excluded.heard_at, returned_at = excluded.returned_at, next_kind = excluded.next_kind,
    next_due_at = excluded.next_due_at, rings = excluded.rings, risk = excluded.risk,
    overridden_by = excluded.overridden_by, alarm = excluded.alarm, aborted = excluded.aborted,
    cancelled = excluded.cancelled, outcomes = excluded.outcomes, kilometres = excluded.kilometres,
    rsd = excluded.rsd, changed_at = excluded.changed_at
