-- Journeys with events in a range of positions.
SELECT DISTINCT originator_id FROM eventlog.stored_events
 WHERE notification_id > %s AND notification_id <= %s AND starts_with(originator_id, 'journey-')
