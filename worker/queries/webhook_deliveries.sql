SELECT message, "position", stream, word, recorded_at, attempts, tried_at, next_at, status, failure, settled_at, outcome
  FROM projections.webhook_deliveries WHERE subscription = %(subscription)s
 ORDER BY "position" DESC LIMIT %(limit)s
