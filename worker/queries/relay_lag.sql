-- How many events the relay has not looked at, and for how many seconds: since it last moved, or since the first of them
-- was recorded, whichever is less (on a quiet log it has not moved for long when an event comes). NULL: it never ran.
SELECT h.head - coalesce(p."position", 0),
       CASE WHEN p."position" IS NOT NULL
            THEN extract(epoch FROM least(clock_timestamp() - p.advanced_at, eventlog.now() - e.recorded_at))::float8 END
  FROM (SELECT coalesce(max(notification_id), 0) AS head FROM eventlog.stored_events) AS h
  LEFT JOIN projections.positions AS p ON p.model = 'relay'
  LEFT JOIN eventlog.stored_events AS e ON e.notification_id = coalesce(p."position", 0) + 1
