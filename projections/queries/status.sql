SELECT m.model, coalesce(p."position", 0), h.head, h.head - coalesce(p."position", 0),
       extract(epoch FROM eventlog.now() - n.recorded_at)::float8, coalesce(k.parked, 0), p.advanced_at
  FROM unnest(%(models)s::text[]) WITH ORDINALITY AS m (model, place)
 CROSS JOIN (SELECT coalesce(max(notification_id), 0) AS head FROM eventlog.stored_events) AS h
  LEFT JOIN projections.positions AS p ON p.model = m.model
  LEFT JOIN eventlog.stored_events AS n ON n.notification_id = coalesce(p."position", 0) + 1
  LEFT JOIN (SELECT model, count(*) AS parked FROM projections.parked GROUP BY model) AS k ON k.model = m.model
 ORDER BY m.place
