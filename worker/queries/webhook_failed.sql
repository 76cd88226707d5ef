-- Tried in vain. `of_endpoint`: everything for this partner waits (tries that were under way together count once); else only
-- this message and those behind it in its stream.
-- A message that alone is refused for so long, while others are taken, is given up. Answers since when nothing was taken.
WITH failed AS (
    UPDATE projections.webhook_endpoints
    SET failures = failures + (%(of_endpoint)s AND coalesce(next_at <= clock_timestamp(), true))::int,
        failing_since = coalesce(failing_since, clock_timestamp()),
        next_at = CASE WHEN %(of_endpoint)s THEN clock_timestamp() + %(pause)s ELSE next_at END
    WHERE subscription = %(subscription)s
    RETURNING subscription, failing_since, clock_timestamp() - failing_since AS failing_for
), kept AS (
    UPDATE projections.webhook_deliveries AS d
    SET status = %(status)s, failure = %(failure)s, next_at = clock_timestamp() + %(pause)s,
        settled_at = CASE WHEN tired.out THEN clock_timestamp() END, outcome = CASE WHEN tired.out THEN 'given-up' END
    FROM failed, LATERAL (
        SELECT NOT %(of_endpoint)s AND clock_timestamp() - q.first_tried_at > %(patience)s
               AND failed.failing_since > q.first_tried_at AS out
          FROM projections.webhook_deliveries AS q
         WHERE q.subscription = %(subscription)s AND q."position" = %(position)s
    ) AS tired
    WHERE d.subscription = %(subscription)s AND d."position" = %(position)s
)
SELECT failing_for > %(patience)s FROM failed
