-- The sort is a constant while planning: the default one has no `place`, and takes the index on opened_at.
WITH found AS NOT MATERIALIZED (
    SELECT j.*,
           CASE %(sort)s::text
             WHEN 'oldest' THEN extract(epoch FROM j.opened_at)
             WHEN 'due' THEN coalesce(extract(epoch FROM j.next_due_at), 1e12)
             WHEN 'changed' THEN -extract(epoch FROM j.changed_at)
             WHEN 'stalled' THEN coalesce(extract(epoch FROM j.stalled_since), 1e12)
             ELSE 0::numeric
           END AS place
      FROM projections.journey_list_v1 AS j
     WHERE (%(phase)s::text IS NULL OR j.phase = %(phase)s)
       AND (%(stage)s::text IS NULL OR j.stages @> ARRAY[%(stage)s::text])
       AND (%(caseworker)s::uuid IS NULL OR j.caseworker = %(caseworker)s)
       AND (NOT %(unassigned)s::boolean OR j.caseworker IS NULL)
       AND (%(stalled)s::boolean IS NULL OR (j.stalled IS NOT NULL) = %(stalled)s)
       AND (%(only)s::uuid[] IS NULL OR j.journey = ANY (%(only)s))
       AND (%(cause)s::text IS NULL OR j.stalled = %(cause)s)
       AND (%(pathway)s::text IS NULL OR j.pathway = %(pathway)s)
       AND (%(due_before)s::timestamptz IS NULL OR j.next_due_at < %(due_before)s)
       AND (%(opened_from)s::timestamptz IS NULL OR j.opened_at >= %(opened_from)s)
       AND (%(opened_until)s::timestamptz IS NULL OR j.opened_at < %(opened_until)s)
       AND (%(code)s::text IS NULL OR j.code LIKE %(code)s || '%%')
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT place, journey, code, pathway, pathway_version, phase, stages, caseworker, next_part, next_step, next_role,
           next_due_at, next_due_on, stalled, stalled_since, closing_reason, opened_at, changed_at, version
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR place > %(after_place)s
        OR (place = %(after_place)s AND (opened_at, journey) < (%(after)s, %(after_journey)s::uuid))
     ORDER BY place, opened_at DESC, journey DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.place, p.opened_at DESC, p.journey DESC
