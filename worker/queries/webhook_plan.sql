-- The deliveries of a page of the log and the position after it, or neither. A second follower that was faster leaves nothing.
WITH moved AS (
    UPDATE projections.webhook_endpoints SET planned_to = %(until)s
    WHERE subscription = %(subscription)s AND planned_to = %(after)s AND halted_at IS NULL
    RETURNING subscription
)
INSERT INTO projections.webhook_deliveries (subscription, "position", message, stream, word, recorded_at)
SELECT moved.subscription, e."position", e.message, e.stream, e.word, e.recorded_at
  FROM moved
 CROSS JOIN unnest(%(positions)s::bigint[], %(messages)s::uuid[], %(streams)s::text[], %(words)s::text[],
                   %(times)s::timestamptz[]) AS e ("position", message, stream, word, recorded_at)
ON CONFLICT (subscription, "position") DO NOTHING
