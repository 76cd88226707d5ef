-- Contacts that owe nothing (any more), newest first. Only those that the scope lets through.
WITH found AS NOT MATERIALIZED (
    SELECT * FROM projections.contacts_v1 AS c
     WHERE NOT c.open
       AND (%(everything)s
            OR (%(hotline)s AND c.journeys = '{}')
            OR c.journeys && ARRAY(SELECT l.stream_id FROM projections.caseload_v1 AS l
                                    WHERE l.stream_kind = 'journey' AND l.staff = ANY(%(hands)s::uuid[]) AND l.role = ANY(%(roles)s::text[])))
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT stream_id, code, known_as, contacted_at, contacted_on, channel, caller, topics, language, urgency, next_step,
           may_call, open, due_at, promises, kept, dangers, dangers_open, reports, journeys, changed_at, version, details
      FROM found
     WHERE %(after)s::timestamptz IS NULL OR (contacted_at, stream_id) < (%(after)s, %(after_contact)s::uuid)
     ORDER BY contacted_at DESC, stream_id DESC
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.contacted_at DESC, p.stream_id DESC
