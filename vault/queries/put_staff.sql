INSERT INTO vault.staff (id, key_id, sealed) VALUES (%s, %s, %s)
ON CONFLICT (id) DO UPDATE SET key_id = excluded.key_id, sealed = excluded.sealed
