WITH settled AS (
    UPDATE projections.webhook_deliveries
    SET settled_at = clock_timestamp(), outcome = 'delivered', status = %(status)s, failure = NULL
    WHERE subscription = %(subscription)s AND "position" = %(position)s
)
UPDATE projections.webhook_endpoints
SET failures = 0, failing_since = NULL, next_at = NULL, last_success_at = clock_timestamp()
WHERE subscription = %(subscription)s
