SELECT eventlog.handover_begin(%s, %s)
