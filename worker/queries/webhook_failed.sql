-- Tried in vain. `of_endpoint`: everything for this partner waits (tries that were under way together count once); else only
-- this message and those behind it in its stream. One that alone is refused for so long, while others are taken, is given up.
WITH failed AS (
    UPDATE projections.webhook_endpoints
    SET failures = failures + (%(of_endpoint)s AND coalesce(next_at <= clock_timestamp(), true))::int,
        failing_since = coalesce(failing_since, clock_timestamp()),
        next_at = CASE WHEN %(of_endpoint)s THEN clock_timestamp() + %(pause)s ELSE next_at END
    WHERE subscription = %(subscription)s
    RETURNING last_success_at, NOT %(of_endpoint)s AS alone
)
UPDATE projections.webhook_deliveries AS d
SET status = %(status)s, failure = %(failure)s, next_at = clock_timestamp() + %(pause)s,
    settled_at = CASE WHEN failed.alone AND failed.last_success_at > d.first_tried_at
                       AND d.first_tried_at < clock_timestamp() - %(patience)s THEN clock_timestamp() END,
    outcome = CASE WHEN failed.alone AND failed.last_success_at > d.first_tried_at
                    AND d.first_tried_at < clock_timestamp() - %(patience)s THEN 'given-up' END
FROM failed
WHERE d.subscription = %(subscription)s AND d."position" = %(position)s
