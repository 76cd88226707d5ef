-- The link at a signed position, how many events follow it, and for how many seconds the first of them has waited.
SELECT (SELECT chain FROM eventlog.stored_events WHERE notification_id = %(signed)s::bigint),
       coalesce((SELECT max(notification_id) FROM eventlog.stored_events), 0) - %(signed)s::bigint,
       (SELECT extract(epoch FROM eventlog.now() - recorded_at)::float8
          FROM eventlog.stored_events WHERE notification_id = %(signed)s::bigint + 1)
