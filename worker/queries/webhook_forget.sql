DELETE FROM projections.webhook_endpoints WHERE subscription = %(subscription)s
