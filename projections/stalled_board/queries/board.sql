-- The counts of a dimension leave out its own filter: they say what choosing another value would show. A place is the
-- stage of a step, and for everything else its kind.
WITH board AS MATERIALIZED (
    SELECT *, coalesce(stage, 'kind:' || kind) AS place,
           (%(place)s::text IS NULL OR coalesce(stage, 'kind:' || kind) = %(place)s) AS of_place,
           (%(cause)s::text IS NULL OR cause = %(cause)s) AS of_cause
      FROM projections.stalled_board_v3
     WHERE (%(mover)s::text IS NULL OR mover = %(mover)s)
       AND (%(owner)s::uuid IS NULL OR owner_staff = %(owner)s)
       AND (%(owner_role)s::text IS NULL OR owner_role = %(owner_role)s)
       AND (%(caseworker)s::uuid IS NULL OR caseworker = %(caseworker)s)
       AND (%(only)s::uuid[] IS NULL OR stream_id = ANY (%(only)s))
)
SELECT t.total, t.places, t.causes, p.*
  FROM (SELECT (SELECT count(*) FROM board WHERE of_place AND of_cause) AS total,
               (SELECT coalesce(json_object_agg(place, n), '{}')
                  FROM (SELECT place, count(*) AS n FROM board WHERE of_cause GROUP BY place) AS s) AS places,
               (SELECT coalesce(json_object_agg(cause, n), '{}')
                  FROM (SELECT cause, count(*) AS n FROM board WHERE of_place GROUP BY cause) AS c) AS causes) AS t
  LEFT JOIN LATERAL (
    SELECT stream_kind, stream_id, code, part, part_version, kind, what, stage, cause, mover, next_action, owner_role, owner_staff,
           caseworker, since, opened_at, due_on, limit_count, limit_unit, limit_reached_on, country, zone,
           nudged_at, nudged_by, nudged_role, nudged_staff, nudge_again_at
      FROM board
     WHERE of_place AND of_cause
       AND (%(after)s::timestamptz IS NULL
            OR (since, stream_id, part) > (%(after)s, %(after_stream)s::uuid, %(after_part)s::text))
     ORDER BY since, stream_id, part
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.since, p.stream_id, p.part
