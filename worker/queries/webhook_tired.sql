-- Partners that have taken nothing for longer than our patience. Asked after a round: what was taken in it counts.
UPDATE projections.webhook_endpoints
SET halted_at = clock_timestamp(), halted_for = 'failing'
WHERE halted_at IS NULL AND failing_since < clock_timestamp() - %(patience)s
RETURNING subscription
