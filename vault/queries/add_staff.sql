INSERT INTO vault.staff (id, key_id, sealed) VALUES (%(staff)s, %(key_id)s, %(sealed)s)
ON CONFLICT (id) DO NOTHING
