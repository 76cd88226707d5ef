-- The next events after a position, up to the one that the export is of.
SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events
 WHERE notification_id > %(after)s AND notification_id <= %(until)s
 ORDER BY notification_id
 LIMIT %(limit)s
