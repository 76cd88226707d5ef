SELECT coalesce(max(notification_id), 0) FROM eventlog.stored_events
