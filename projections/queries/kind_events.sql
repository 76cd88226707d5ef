SELECT count(*) FROM eventlog.stored_events WHERE notification_id <= %s AND starts_with(originator_id, %s)
