SELECT eventlog.set_clock(%s, %s)
