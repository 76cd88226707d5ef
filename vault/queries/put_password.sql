INSERT INTO vault.passwords (staff, key_id, sealed, chosen_at) VALUES (%(staff)s, %(key_id)s, %(sealed)s, %(now)s)
ON CONFLICT (staff) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed, chosen_at = excluded.chosen_at
