SELECT id, key_id, sealed FROM vault.staff WHERE id = %s
