-- History, clock and outcome in one statement: one trip, and one snapshot, so that they agree. The clock stands in the
-- first row only (versions have no gaps, so that is the one after %(after)s) and the outcome in one column: what every
-- row repeats is paid for by every row.
SELECT e.notification_id, e.originator_id, e.originator_version, e.topic, e.state, e.recorded_at, e.actor, e.command_id,
       CASE WHEN e.originator_version > %(after)s::bigint + 1 THEN NULL ELSE n.now END,
       CASE WHEN o.stream IS NOT NULL
            THEN ROW (o.kind, o.first_version, o.last_version, o.position, o.refusal::text, o.version_seen,
                      o.pathway_sha256, o.release, o.decided_at) END
  FROM (SELECT eventlog.now() AS now) AS n
  LEFT JOIN eventlog.outcomes AS o ON o.stream = %(stream)s AND o.command_id = %(command_id)s
  LEFT JOIN eventlog.stored_events AS e ON e.originator_id = %(stream)s AND e.originator_version > %(after)s::bigint
 ORDER BY e.originator_version
