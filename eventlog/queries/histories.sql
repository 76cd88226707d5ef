SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events
 WHERE originator_id = ANY (%s)
 ORDER BY originator_id, originator_version
