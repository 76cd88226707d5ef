SELECT eventlog.handover_pause(%s, %s, %s)
