SELECT journey, version, key_id, sealed, change FROM vault.identities WHERE change > %s ORDER BY change
