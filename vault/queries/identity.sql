SELECT version, key_id, sealed FROM vault.identities WHERE journey = %s
