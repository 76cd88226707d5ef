SELECT eventlog.now(), (SELECT scale FROM eventlog.clock)
