SELECT notification_id, originator_id, originator_version, topic, state, recorded_at, actor, command_id, chain
  FROM eventlog.stored_events
 WHERE notification_id > %(first)s::bigint
   AND (%(last)s::bigint IS NULL OR notification_id <= %(last)s)
   AND (%(before)s::bigint IS NULL OR notification_id < %(before)s)
   AND (%(prefix)s::text IS NULL OR originator_id LIKE %(prefix)s)
   AND (%(topic)s::text IS NULL OR topic LIKE %(topic)s)
   AND (%(actor)s::uuid IS NULL OR actor = %(actor)s)
 ORDER BY notification_id LIMIT %(limit)s
