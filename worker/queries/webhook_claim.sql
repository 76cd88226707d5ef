-- The first waiting message of each stream whose time has come, taken for a while: whoever dies with it leaves it to the next
-- try. Later messages of a stream wait for it.
UPDATE projections.webhook_deliveries AS d
SET attempts = d.attempts + 1, tried_at = clock_timestamp(), next_at = clock_timestamp() + %(lease)s,
    first_tried_at = coalesce(d.first_tried_at, clock_timestamp())
FROM (
    SELECT w.subscription, w."position", head.failures
      FROM (
          SELECT DISTINCT ON (q.subscription, q.stream) q.subscription, q."position", e.failures
            FROM projections.webhook_deliveries AS q
            JOIN projections.webhook_endpoints AS e USING (subscription)
           WHERE q.settled_at IS NULL AND e.halted_at IS NULL AND e.subscription = ANY (%(subscriptions)s)
             AND (e.next_at IS NULL OR e.next_at <= clock_timestamp())
           ORDER BY q.subscription, q.stream, q."position"
      ) AS head
      JOIN projections.webhook_deliveries AS w USING (subscription, "position")
     WHERE w.settled_at IS NULL AND w.next_at <= clock_timestamp()
     ORDER BY w."position"
     LIMIT %(limit)s
       FOR UPDATE OF w SKIP LOCKED
) AS taken
WHERE d.subscription = taken.subscription AND d."position" = taken."position"
RETURNING d.subscription, d."position", d.message, d.stream, d.word, d.recorded_at, d.attempts, taken.failures
