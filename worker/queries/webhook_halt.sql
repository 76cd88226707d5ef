UPDATE projections.webhook_endpoints
SET halted_at = clock_timestamp(), halted_for = %(cause)s
WHERE subscription = %(subscription)s AND halted_at IS NULL
