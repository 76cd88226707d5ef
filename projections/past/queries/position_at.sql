-- The last position recorded at or before an instant, 0 where there is none. Positions have no gaps and the log's clock
-- never runs backwards, so halving finds it by the key of the log in some twenty steps.
WITH RECURSIVE search (low, high) AS (
    SELECT 0::bigint, (SELECT coalesce(max(notification_id), 0) FROM eventlog.stored_events)
    UNION ALL
    SELECT CASE WHEN m.is_before THEN m.middle ELSE s.low END, CASE WHEN m.is_before THEN s.high ELSE m.middle - 1 END
      FROM search AS s,
           LATERAL (SELECT (s.low + s.high + 1) / 2 AS middle,
                           (SELECT e.recorded_at FROM eventlog.stored_events AS e
                             WHERE e.notification_id = (s.low + s.high + 1) / 2) <= %(at)s::timestamptz AS is_before) AS m
     WHERE s.low < s.high
)
SELECT low FROM search WHERE low = high
