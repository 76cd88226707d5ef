-- Every stream of a kind (its names begin so), with the number of its events, in the order of uuids.
SELECT originator_id, count(*)
  FROM eventlog.stored_events
 WHERE notification_id <= %s AND starts_with(originator_id, %s)
 GROUP BY originator_id
 ORDER BY originator_id COLLATE "C"
