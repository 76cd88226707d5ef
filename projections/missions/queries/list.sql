WITH found AS NOT MATERIALIZED (
    SELECT * FROM projections.missions_v1 AS m
     WHERE (%(phases)s::text[] IS NULL OR m.phase = ANY (%(phases)s))
       AND (%(staff)s::uuid IS NULL OR m.team @> ARRAY[%(staff)s::uuid])
       AND (%(without)s::uuid IS NULL OR NOT m.team @> ARRAY[%(without)s::uuid])
       AND (%(journey)s::uuid IS NULL OR m.journeys @> ARRAY[%(journey)s::uuid])
       AND (%(only)s::uuid[] IS NULL OR m.mission = ANY (%(only)s) OR m.journeys && %(only)s
            OR m.phase = ANY (%(out)s::text[]))
       AND (%(code)s::text IS NULL OR m.code LIKE %(code)s || '%%')
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT mission, code, version, plan_version, phase, purpose, lead, team, vehicle, supervisor, journeys, departure,
           expected_return, zone, departed_at, heard_at, returned_at, next_kind, next_due_at, rings, risk,
           overridden_by, alarm, aborted, cancelled, outcomes, kilometres, rsd, changed_at
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR (departure, mission) < (%(after)s, %(after_mission)s::uuid)
     ORDER BY departure DESC, mission DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.departure DESC, p.mission DESC
