-- Which of these streams had begun by a position.
SELECT originator_id
  FROM eventlog.stored_events
 WHERE originator_id = ANY (%(streams)s) AND originator_version = 1 AND notification_id <= %(until)s
