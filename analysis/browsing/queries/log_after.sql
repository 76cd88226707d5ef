SELECT e.notification_id, e.originator_id, e.originator_version, e.topic, e.state, e.recorded_at, e.actor, e.command_id,
       e.chain, o.pathway_sha256
  FROM eventlog.stored_events AS e
  LEFT JOIN eventlog.outcomes AS o ON o.stream = e.originator_id AND o.command_id = e.command_id
 WHERE e.notification_id > %(first)s::bigint
   AND (%(last)s::bigint IS NULL OR e.notification_id <= %(last)s)
   AND (%(before)s::bigint IS NULL OR e.notification_id < %(before)s)
   AND (%(prefix)s::text IS NULL OR e.originator_id LIKE %(prefix)s)
   AND (%(kinds)s::text[] IS NULL OR e.originator_id LIKE ANY(%(kinds)s) OR e.originator_id = ANY(%(streams)s))
   AND (%(topics)s::text[] IS NULL OR e.topic LIKE ANY(%(topics)s))
   AND (%(actor)s::uuid IS NULL OR e.actor = %(actor)s)
   AND (%(pathway)s::text IS NULL OR o.pathway_sha256 = %(pathway)s)
 ORDER BY e.notification_id LIMIT %(limit)s
