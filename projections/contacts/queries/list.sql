WITH found AS NOT MATERIALIZED (
    SELECT * FROM projections.contacts_v1 AS c
     WHERE (%(open)s::boolean IS NULL OR c.open = %(open)s)
       AND (%(caller)s::text IS NULL OR c.caller = %(caller)s)
       AND (%(known_as)s::text IS NULL OR c.known_as LIKE %(known_as)s || '%%')
       AND (%(code)s::text IS NULL OR c.code LIKE %(code)s || '%%')
       AND (%(only)s::uuid[] IS NULL OR c.stream_id = ANY (%(only)s) OR c.journeys && %(only)s
            OR (%(hotline)s AND (c.journeys = '{}' OR c.dangers_open > 0)))
       AND (%(journey)s::uuid IS NULL OR c.journeys @> ARRAY[%(journey)s::uuid])
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT stream_id, code, known_as, contacted_at, contacted_on, channel, caller, topics, language, urgency, next_step,
           may_call, open, due_at, promises, kept, dangers, dangers_open, reports, journeys, changed_at, version
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR (contacted_at, stream_id) < (%(after)s, %(after_contact)s::uuid)
     ORDER BY contacted_at DESC, stream_id DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.contacted_at DESC, p.stream_id DESC
