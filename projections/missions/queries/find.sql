SELECT mission, code, version, plan_version, phase, purpose, lead, team, vehicle, supervisor, journeys, departure,
       expected_return, zone, departed_at, heard_at, returned_at, next_kind, next_due_at, rings, risk,
       overridden_by, alarm, aborted, cancelled, outcomes, kilometres, rsd, changed_at
  FROM projections.missions_v1
 WHERE (%(code)s::text IS NULL OR code = %(code)s) AND (%(mission)s::uuid IS NULL OR mission = %(mission)s)
 ORDER BY departure DESC, mission DESC
