SELECT recipient FROM eventlog.handovers WHERE message = %s AND began_at IS NOT NULL ORDER BY began_at
