-- To be sent again, or for the first time where the subscription was not at work then.
INSERT INTO projections.webhook_deliveries (subscription, "position", message, stream, word, recorded_at)
SELECT %(subscription)s, e."position", e.message, e.stream, e.word, e.recorded_at
  FROM unnest(%(positions)s::bigint[], %(messages)s::uuid[], %(streams)s::text[], %(words)s::text[],
              %(times)s::timestamptz[]) AS e ("position", message, stream, word, recorded_at)
ON CONFLICT (subscription, "position") DO UPDATE
SET attempts = 0, first_tried_at = NULL, next_at = clock_timestamp(), settled_at = NULL, outcome = NULL
