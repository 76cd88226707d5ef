SELECT stream_id, code, known_as, contacted_at, contacted_on, channel, caller, topics, language, urgency, next_step,
       may_call, open, due_at, promises, kept, dangers, dangers_open, reports, journeys, changed_at, version, details
  FROM projections.contacts_v1
 WHERE stream_id = %(contact)s
