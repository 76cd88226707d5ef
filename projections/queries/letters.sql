-- Letters on their way, since when the first of them should have gone, and hand-overs that may have made a double, by
-- cause. What waits for a digest or for the end of quiet hours is not on its way yet.
WITH due AS (
    SELECT h."position", h.send_at FROM eventlog.handovers AS h
     WHERE h.send_at IS NULL OR h.send_at <= (SELECT eventlog.now())
)
SELECT (SELECT count(*) FROM due),
       (SELECT min(greatest(e.recorded_at, d.send_at)) FROM due AS d
          JOIN eventlog.stored_events AS e ON e.notification_id = d."position"),
       coalesce((SELECT json_object_agg(cause, letters) FROM eventlog.doubles), '{}')
