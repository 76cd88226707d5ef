-- How many events the relay has not looked at, and for how many seconds (of real time) it has not moved.
SELECT h.head - coalesce(p."position", 0), extract(epoch FROM clock_timestamp() - p.advanced_at)::float8
  FROM (SELECT coalesce(max(notification_id), 0) AS head FROM eventlog.stored_events) AS h
  LEFT JOIN projections.positions AS p ON p.model = 'relay'
