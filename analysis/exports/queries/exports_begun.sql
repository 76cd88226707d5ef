-- The exports that were ever begun, the latest first, with how many there are; from before a position on. A row of
-- nothing but the number where there is none left.
WITH begun AS (
    SELECT originator_id, notification_id
      FROM eventlog.stored_events
     WHERE originator_id > 'export-' AND originator_id < 'exporu' AND starts_with(originator_id, 'export-')
       AND originator_version = 1
)
SELECT n.total, b.originator_id, b.notification_id
  FROM (SELECT count(*) AS total FROM begun) AS n
  LEFT JOIN (SELECT * FROM begun
              WHERE coalesce(notification_id < %(before)s::bigint, true)
              ORDER BY notification_id DESC
              LIMIT %(limit)s) AS b ON true
 ORDER BY b.notification_id DESC
