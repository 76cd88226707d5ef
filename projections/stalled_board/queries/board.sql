-- The counts of a dimension leave out its own filter: they say what choosing another value would show.
WITH board AS MATERIALIZED (
    SELECT *,
           (%(stage)s::text IS NULL OR stage = %(stage)s) AS of_stage,
           (%(cause)s::text IS NULL OR cause = %(cause)s) AS of_cause
      FROM projections.stalled_board_v1
     WHERE (%(mover)s::text IS NULL OR mover = %(mover)s)
       AND (%(owner)s::uuid IS NULL OR owner_staff = %(owner)s)
       AND (%(owner_role)s::text IS NULL OR owner_role = %(owner_role)s)
       AND (%(caseworker)s::uuid IS NULL OR caseworker = %(caseworker)s)
)
SELECT t.total, t.stages, t.causes, p.*
  FROM (SELECT (SELECT count(*) FROM board WHERE of_stage AND of_cause) AS total,
               (SELECT coalesce(json_object_agg(stage, n), '{}')
                  FROM (SELECT stage, count(*) AS n FROM board WHERE of_cause GROUP BY stage) AS s) AS stages,
               (SELECT coalesce(json_object_agg(cause, n), '{}')
                  FROM (SELECT cause, count(*) AS n FROM board WHERE of_stage GROUP BY cause) AS c) AS causes) AS t
  LEFT JOIN LATERAL (
    SELECT journey, code, part, part_version, step, stage, cause, mover, next_action, owner_role, owner_staff,
           caseworker, since, opened_at, due_on, limit_count, limit_unit, limit_reached_on, country, zone
      FROM board
     WHERE of_stage AND of_cause
       AND (%(after)s::timestamptz IS NULL
            OR (since, journey, part) > (%(after)s, %(after_journey)s::uuid, %(after_part)s::text))
     ORDER BY since, journey, part
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.since, p.journey, p.part
