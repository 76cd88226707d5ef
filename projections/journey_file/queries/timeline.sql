-- The log itself, up to what the file shows, newest first; with it, in the same snapshot, every correction so far and
-- the stage of each step.
SELECT CASE WHEN %(hidden)s::text[] = '{}' THEN f.version
            ELSE (SELECT count(*) FROM eventlog.stored_events AS l
                   WHERE l.originator_id = %(stream)s AND l.originator_version <= f.version
                     AND NOT l.topic LIKE ANY(%(hidden)s)) END,
       (SELECT coalesce(json_object_agg(s.part, s.stage), '{}')
          FROM projections.journey_file_step_v1 AS s WHERE s.journey = f.journey),
       e.kind, e.notification_id, e.originator_id, e.originator_version, e.topic, e.state, e.recorded_at, e.actor,
       e.command_id
  FROM projections.journey_file_v1 AS f
  LEFT JOIN LATERAL (
    (SELECT 'shown' AS kind, l.*
       FROM eventlog.stored_events AS l
      WHERE l.originator_id = %(stream)s AND l.originator_version <= f.version
        AND (%(before)s::bigint IS NULL OR l.originator_version < %(before)s)
        AND NOT l.topic LIKE ANY(%(hidden)s)
      ORDER BY l.originator_version DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT 'correction', l.*
       FROM eventlog.stored_events AS l
      WHERE l.originator_id = %(stream)s AND l.originator_version <= f.version
        AND l.topic LIKE ANY(%(corrections)s))
  ) AS e ON true
 WHERE f.journey = %(journey)s
 ORDER BY e.kind, e.originator_version DESC
