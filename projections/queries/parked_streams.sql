SELECT stream, array_agg(model) FROM projections.parked
 WHERE model = ANY (%(models)s)
   AND stream IN (SELECT originator_id FROM eventlog.stored_events
                   WHERE notification_id > %(after)s::bigint AND notification_id <= %(until)s::bigint)
 GROUP BY stream
