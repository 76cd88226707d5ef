DELETE FROM vault.webhooks WHERE id = %s
