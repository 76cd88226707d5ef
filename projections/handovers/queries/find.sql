SELECT handover, code, version, leaver, successors, reason, asked_by, phase, begun_at, ended_at, rounds, moved,
       refused, under_way, due_at, stalled
  FROM projections.handovers_v1
 WHERE (%(code)s::text IS NULL OR code = %(code)s) AND (%(handover)s::uuid IS NULL OR handover = %(handover)s)
 ORDER BY begun_at DESC, handover DESC
