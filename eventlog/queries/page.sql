SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events WHERE notification_id > %s ORDER BY notification_id LIMIT %s
