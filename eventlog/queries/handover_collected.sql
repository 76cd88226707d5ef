SELECT h.message, h.stream, h.version FROM eventlog.handovers AS h
 WHERE h.recipient = %s AND h.collected AND h.send_at <= (SELECT eventlog.now()) AND eventlog.handover_rest(h, NULL) IS NULL
 ORDER BY h."position" LIMIT %s
