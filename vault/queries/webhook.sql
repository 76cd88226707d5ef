SELECT id, key_id, sealed, created_at FROM vault.webhooks WHERE id = %s
