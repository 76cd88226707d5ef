-- The last link of the log, and the one at a position that was signed before.
(SELECT notification_id, chain, recorded_at FROM eventlog.stored_events ORDER BY notification_id DESC LIMIT 1)
UNION ALL
SELECT notification_id, chain, recorded_at FROM eventlog.stored_events WHERE notification_id = %s
