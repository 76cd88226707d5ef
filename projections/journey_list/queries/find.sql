SELECT journey, code, pathway, pathway_version, phase, stages, caseworker, next_part, next_step, next_role,
       next_due_at, next_due_on, stalled, stalled_since, closing_reason, opened_at, changed_at, version
  FROM projections.journey_list_v1
 WHERE (%(code)s::text IS NULL OR code = %(code)s) AND (%(journeys)s::uuid[] IS NULL OR journey = ANY (%(journeys)s))
 ORDER BY opened_at DESC, journey DESC
