SELECT count(*) FROM vault.data_keys WHERE wrapped IS NOT NULL AND kek_id <> %s
