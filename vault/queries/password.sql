SELECT key_id, sealed FROM vault.passwords WHERE staff = %s
