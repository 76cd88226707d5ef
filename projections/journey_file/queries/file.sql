SELECT f.version, f."position", f.document::text,
       (SELECT coalesce(json_agg(json_build_object(
                   'part', s.part, 'version', s.version, 'step', s.step, 'occurrence', s.occurrence, 'stage', s.stage,
                   'role', s.role, 'owner_role', s.owner_role, 'owner_staff', s.owner_staff, 'status', s.status,
                   'outcome', s.outcome, 'opened_at', s.opened_at, 'settled_at', s.settled_at, 'due_at', s.due_at,
                   'due_on', s.due_on, 'article', s.article, 'appointment', s.appointment, 'waits_on', s.waits_on,
                   'stalled', s.stalled, 'stalled_since', s.stalled_since, 'advanced_version', s.advanced_version,
                   'missed', s.missed, 'limit', json_build_object('count', s.limit_count, 'unit', s.limit_unit)
               ) ORDER BY s.opened_at, s.part), '[]')::text
          FROM projections.journey_file_step_v1 AS s WHERE s.journey = f.journey)
  FROM projections.journey_file_v1 AS f
 WHERE f.journey = %(journey)s
