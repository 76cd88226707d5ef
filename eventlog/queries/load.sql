-- History, clock and outcome in one statement: one trip, and one snapshot, so that they agree.
SELECT e.notification_id, e.originator_id, e.originator_version, e.topic, e.state, e.recorded_at, e.actor, e.command_id,
       n.now, o.kind, o.first_version, o.last_version, o.position, o.refusal::text, o.version_seen, o.pathway_sha256,
       o.release, o.decided_at
  FROM (SELECT eventlog.now() AS now) AS n
  LEFT JOIN eventlog.outcomes AS o ON o.stream = %(stream)s AND o.command_id = %(command_id)s
  LEFT JOIN eventlog.stored_events AS e ON e.originator_id = %(stream)s AND e.originator_version > %(after)s
 ORDER BY e.originator_version
