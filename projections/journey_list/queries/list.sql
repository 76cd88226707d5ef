WITH found AS NOT MATERIALIZED (
    SELECT * FROM projections.journey_list_v1 AS j
     WHERE (%(phase)s::text IS NULL OR j.phase = %(phase)s)
       AND (%(stage)s::text IS NULL OR j.stages @> ARRAY[%(stage)s::text])
       AND (%(caseworker)s::uuid IS NULL OR j.caseworker = %(caseworker)s)
       AND (%(stalled)s::boolean IS NULL OR (j.stalled IS NOT NULL) = %(stalled)s)
       AND (%(only)s::uuid[] IS NULL OR j.journey = ANY (%(only)s))
       AND (%(code)s::text IS NULL OR j.code LIKE %(code)s || '%%')
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT journey, code, pathway, pathway_version, phase, stages, caseworker, next_part, next_step, next_role,
           next_due_at, next_due_on, stalled, stalled_since, closing_reason, opened_at, changed_at, version
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR (opened_at, journey) < (%(after)s, %(after_journey)s::uuid)
     ORDER BY opened_at DESC, journey DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.opened_at DESC, p.journey DESC
