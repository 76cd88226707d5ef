SELECT subscription, planned_to FROM projections.webhook_endpoints WHERE halted_at IS NULL
