SELECT m, eventlog.handover_begin(m, %s) FROM unnest(%s::uuid[]) AS m
