SELECT coalesce(max(notification_id), 0) FROM eventlog.stored_events WHERE recorded_at < %(since)s
