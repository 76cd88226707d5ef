UPDATE vault.data_keys SET kek_id = %s, wrapped = %s WHERE key_id = %s
