SELECT eventlog.handover_enter(%s, %s, %s, %s, %s, %s, %s, %s)
