SELECT message, stream, version FROM eventlog.handovers
 WHERE recipient = %s AND "position" < %s AND NOT aside ORDER BY "position" LIMIT 1
