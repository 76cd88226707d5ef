SELECT eventlog.handover_end(%s, %s)
