-- Positions have no gaps, so a range of them is a page.
SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id
  FROM eventlog.stored_events
 WHERE notification_id > %(after)s::bigint AND notification_id <= %(until)s::bigint
 ORDER BY notification_id
