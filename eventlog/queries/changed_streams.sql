-- Positions have no gaps, so a range of them is a page. The cast: small numbers arrive as smallint, and their sum need not fit.
SELECT originator_id, max(originator_version), max(notification_id)
  FROM eventlog.stored_events WHERE notification_id > %(after)s AND notification_id <= %(after)s::bigint + %(limit)s
 GROUP BY originator_id
