-- A digest is nobody's forerunner: what waits for one goes together, and what goes by itself does not wait for it.
SELECT message, stream, version FROM eventlog.handovers
 WHERE recipient = %s AND "position" < %s AND NOT aside AND NOT collected
   AND (send_at IS NULL OR send_at <= (SELECT eventlog.now()))
 ORDER BY "position" LIMIT 1
