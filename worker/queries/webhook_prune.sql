DELETE FROM projections.webhook_deliveries WHERE settled_at < clock_timestamp() - %(kept)s
