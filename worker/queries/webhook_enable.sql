-- At work from now on: what happened before is sent only where somebody asks for it. What still waits goes out first.
INSERT INTO projections.webhook_endpoints AS known (subscription, planned_to)
SELECT %(subscription)s, coalesce(max(notification_id), 0) FROM eventlog.stored_events
ON CONFLICT (subscription) DO UPDATE
SET planned_to = CASE WHEN known.halted_at IS NULL THEN known.planned_to ELSE excluded.planned_to END,
    failures = 0, failing_since = NULL, next_at = NULL, halted_at = NULL, halted_for = NULL
