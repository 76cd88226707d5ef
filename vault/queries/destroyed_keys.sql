SELECT key_id FROM vault.data_keys WHERE destroyed_at IS NOT NULL
