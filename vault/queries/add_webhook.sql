INSERT INTO vault.webhooks (id, key_id, sealed) VALUES (%(id)s, %(key_id)s, %(sealed)s)
ON CONFLICT (id) DO NOTHING
