-- Whether a read model shows all there is, of the whole log or of one stream: when, by the log's clock, the first event
-- happened that it does not show, how many real seconds ago, and what is parked.
SELECT n.recorded_at, (extract(epoch FROM eventlog.now() - n.recorded_at) / coalesce(c.scale, 1))::float8,
       k.parked, k.since
  FROM (SELECT coalesce((SELECT "position" FROM projections.positions WHERE model = %(model)s), 0) AS "position") AS p
  LEFT JOIN eventlog.clock AS c ON true
  LEFT JOIN LATERAL (
    SELECT recorded_at FROM eventlog.stored_events
     WHERE notification_id > p."position" AND (%(stream)s::text IS NULL OR originator_id = %(stream)s)
     ORDER BY notification_id LIMIT 1
  ) AS n ON true
 CROSS JOIN (
    SELECT count(*) AS parked, min(e.recorded_at) AS since
      FROM projections.parked AS q JOIN eventlog.stored_events AS e ON e.notification_id = q.first_position
     WHERE q.model = %(model)s AND (%(stream)s::text IS NULL OR q.stream = %(stream)s)
  ) AS k
