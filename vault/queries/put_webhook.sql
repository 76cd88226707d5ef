INSERT INTO vault.webhooks (id, key_id, sealed) VALUES (%(id)s, %(key_id)s, %(sealed)s)
ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed
