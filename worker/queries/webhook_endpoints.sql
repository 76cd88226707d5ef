SELECT e.subscription, e.planned_to, e.failures, e.failing_since, e.next_at, e.last_success_at, e.halted_at, e.halted_for,
       count(d.subscription) FILTER (WHERE d.settled_at IS NULL),
       count(d.subscription) FILTER (WHERE d.outcome = 'given-up')
  FROM projections.webhook_endpoints AS e
  LEFT JOIN projections.webhook_deliveries AS d USING (subscription)
 GROUP BY e.subscription
