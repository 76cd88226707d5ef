-- Contacts that owe something: dangers first, then what is due first. Only those that the scope lets through.
WITH found AS NOT MATERIALIZED (
    SELECT c.*, (c.dangers_open = 0)::integer AS rank, coalesce(c.due_at, c.contacted_at) AS due
      FROM projections.contacts_v1 AS c
     WHERE c.open
       AND (NOT %(danger)s OR c.dangers_open > 0)
       AND (%(promised_to)s::uuid IS NULL OR c.details #>> '{promise,staff}' = %(promised_to)s::text)
       AND (%(everything)s
            OR (%(hotline)s AND (c.journeys = '{}' OR c.dangers_open > 0 OR c.details #>> '{promise,staff}' = %(me)s::text))
            OR c.journeys && ARRAY(SELECT l.stream_id FROM projections.caseload_v1 AS l
                                    WHERE l.stream_kind = 'journey' AND l.staff = ANY(%(hands)s::uuid[]) AND l.role = ANY(%(roles)s::text[])))
)
SELECT t.total, p.*
  FROM (SELECT count(*) AS total FROM found) AS t
  LEFT JOIN LATERAL (
    SELECT rank, due, stream_id, code, known_as, contacted_at, contacted_on, channel, caller, topics, language, urgency,
           next_step, may_call, open, due_at, promises, kept, dangers, dangers_open, reports, journeys, changed_at,
           version, details
      FROM found
     WHERE %(after_rank)s::integer IS NULL
        OR (rank, due, stream_id) > (%(after_rank)s::integer, %(after)s::timestamptz, %(after_contact)s::uuid)
     ORDER BY rank, due, stream_id
     LIMIT %(limit)s
  ) AS p ON true
 ORDER BY p.rank, p.due, p.stream_id
