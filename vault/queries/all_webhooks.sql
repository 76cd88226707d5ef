SELECT id, key_id, sealed, created_at FROM vault.webhooks ORDER BY created_at, id
