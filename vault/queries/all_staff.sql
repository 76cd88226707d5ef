SELECT id, key_id, sealed FROM vault.staff ORDER BY id
