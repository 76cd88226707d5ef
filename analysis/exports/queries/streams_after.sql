-- The next streams of a kind by name, with the number of their events up to the position that the export is of. `below`
-- ends the kind in every collation: its last letter is the next one of the alphabet.
SELECT originator_id, count(*)
  FROM eventlog.stored_events
 WHERE originator_id > %(after)s AND originator_id < %(below)s AND starts_with(originator_id, %(prefix)s)
   AND notification_id <= %(until)s
 GROUP BY originator_id
 ORDER BY originator_id
 LIMIT %(limit)s
