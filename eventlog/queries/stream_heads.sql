SELECT s.stream, h.originator_version
  FROM unnest(%s::text[]) AS s (stream)
 CROSS JOIN LATERAL (
    SELECT originator_version FROM eventlog.stored_events
     WHERE originator_id = s.stream ORDER BY originator_version DESC LIMIT 1
 ) AS h
