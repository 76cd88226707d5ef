-- Every hearing that is owed, with what is still to be seen to for it. Those without a date come last: a court has to set
-- one. The counts leave out the chosen group, so that they say what choosing another one would show.
WITH hearings AS MATERIALIZED (
    SELECT *,
           CASE WHEN appointment IS NULL THEN 'undated'
                WHEN appointment < %(now)s THEN 'passed'
                ELSE 'ahead' END AS grp,
           (appointment IS NULL)::integer AS rank,
           coalesce(appointment, due_at) AS at
      FROM projections.my_day_v2
     WHERE kind = 'hearing'
       AND (%(owner)s::uuid IS NULL OR owner_staff = %(owner)s)
       AND (%(only)s::uuid[] IS NULL OR stream_id = ANY (%(only)s))
       AND (%(since)s::timestamptz IS NULL OR appointment >= %(since)s)
       AND (%(until)s::timestamptz IS NULL OR appointment < %(until)s)
)
SELECT t.passed, t.ahead, t.undated, p.*, o.open
  FROM (SELECT count(*) FILTER (WHERE grp = 'passed') AS passed,
               count(*) FILTER (WHERE grp = 'ahead') AS ahead,
               count(*) FILTER (WHERE grp = 'undated') AS undated
          FROM hearings) AS t
  LEFT JOIN LATERAL (
    SELECT stream_kind, stream_id, code, part, part_version, kind, what, stage, owner_role, owner_staff, due_at, stalled,
           appointment, zone, grp, rank, at
      FROM hearings
     WHERE (%(group)s::text IS NULL OR grp = %(group)s)
       AND (%(after)s::timestamptz IS NULL
            OR (rank, at, stream_id, part)
               > (%(after_rank)s::integer, %(after)s, %(after_stream)s::uuid, %(after_part)s::text))
     ORDER BY rank, at, stream_id, part
     LIMIT %(limit)s
  ) AS p ON true
  LEFT JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_object('kind', r.kind, 'what', r.what, 'owner_role', r.owner_role,
                                               'owner_staff', r.owner_staff, 'due_on', r.due_on)
                             ORDER BY r.due_at, r.part), '[]') AS open
      FROM projections.my_day_v2 AS r
     WHERE r.stream_id = p.stream_id AND starts_with(r.part, p.part || ':')
       AND r.kind IN ('hearing-arrangement', 'hearing-acknowledgement', 'hearing-task')
  ) AS o ON true
 ORDER BY p.rank, p.at, p.stream_id, p.part
