-- What the manifest says of the log, of the snapshot that the backup is made from.
SELECT pg_export_snapshot(), current_setting('server_version_num')::integer / 10000,
       coalesce(h.notification_id, 0), coalesce(h.chain, '\x'), h.recorded_at,
       (SELECT count(*) FROM eventlog.stored_events),
       (SELECT count(*) FROM (SELECT DISTINCT originator_id FROM eventlog.stored_events) AS s),
       (SELECT count(*) FROM eventlog.outcomes)
  FROM (SELECT 1) AS one
  LEFT JOIN (SELECT notification_id, chain, recorded_at FROM eventlog.stored_events
              ORDER BY notification_id DESC LIMIT 1) AS h ON true
