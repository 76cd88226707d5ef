-- When the event at a position was recorded; no row at 0.
SELECT recorded_at FROM eventlog.stored_events WHERE notification_id = %(position)s
