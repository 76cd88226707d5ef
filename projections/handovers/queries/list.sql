WITH found AS NOT MATERIALIZED (
    SELECT * FROM projections.handovers_v1 WHERE %(leaver)s::uuid IS NULL OR leaver = %(leaver)s
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT handover, code, version, leaver, successors, reason, asked_by, phase, begun_at, ended_at, rounds, moved,
           refused, under_way, due_at, stalled
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR (begun_at, handover) < (%(after)s, %(after_handover)s::uuid)
     ORDER BY begun_at DESC, handover DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.begun_at DESC, p.handover DESC
