INSERT INTO vault.saved_views (id, owner, key_id, sealed) VALUES (%(view)s, %(owner)s, %(key)s, %(sealed)s)
ON CONFLICT (id) DO NOTHING
