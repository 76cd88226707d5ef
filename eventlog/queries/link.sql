SELECT chain FROM eventlog.stored_events WHERE notification_id = %s
