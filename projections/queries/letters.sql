-- Letters on their way, when the first of them was asked for, and hand-overs that may have made a double, by cause.
SELECT (SELECT count(*) FROM eventlog.handovers),
       (SELECT min(e.recorded_at) FROM eventlog.handovers AS h
          JOIN eventlog.stored_events AS e ON e.notification_id = h."position"),
       coalesce((SELECT json_object_agg(cause, letters) FROM eventlog.doubles), '{}')
