-- `later, somebody else's move, and no appointment to keep` is waiting; what is due counts by its date, whoever moves.
WITH mine AS MATERIALIZED (
    SELECT *,
           CASE WHEN due_at < %(now)s THEN 'overdue'
                WHEN due_on <= %(today)s THEN 'today'
                WHEN mover <> 'us' AND appointment IS NULL THEN 'waiting'
                WHEN due_on <= %(today)s::date + 7 THEN 'next-7-days'
                ELSE 'later' END AS grp
      FROM projections.my_day_v2
     WHERE (code = %(code)s::text
            OR (%(code)s::text IS NULL
                AND (owner_staff = %(staff)s::uuid OR (owner_staff IS NULL AND owner_role = ANY (%(roles)s::text[])))))
       AND (%(only)s::uuid[] IS NULL OR stream_id = ANY (%(only)s) OR owner_staff = %(reads)s::uuid
            OR (owner_staff IS NULL AND (stream_kind <> 'journey' OR owner_role = 'on-call')
                AND owner_role = ANY (%(reads_as)s::text[])))
)
SELECT t.total, t.overdue, t.today, t.week, t.later, t.waiting, p.*
  FROM (SELECT count(*) AS total,
               count(*) FILTER (WHERE grp = 'overdue') AS overdue,
               count(*) FILTER (WHERE grp = 'today') AS today,
               count(*) FILTER (WHERE grp = 'next-7-days') AS week,
               count(*) FILTER (WHERE grp = 'later') AS later,
               count(*) FILTER (WHERE grp = 'waiting') AS waiting
          FROM mine) AS t
  LEFT JOIN LATERAL (
    SELECT stream_kind, stream_id, code, part, part_version, kind, what, stage, owner_role, owner_staff, due_at, due_on, waits_on,
           stalled, mover, appointment, grp
      FROM mine
     WHERE (%(group)s::text IS NULL OR grp = %(group)s)
       AND (%(after)s::timestamptz IS NULL
            OR (due_at, stream_id, part) > (%(after)s, %(after_stream)s::uuid, %(after_part)s::text))
     ORDER BY due_at, stream_id, part
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.due_at, p.stream_id, p.part
