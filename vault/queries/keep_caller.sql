INSERT INTO vault.caller_numbers (contact, hash, key_id, sealed) VALUES (%(contact)s, %(hash)s, %(key_id)s, %(sealed)s)
ON CONFLICT (contact) DO UPDATE SET hash = excluded.hash, key_id = excluded.key_id, sealed = excluded.sealed
