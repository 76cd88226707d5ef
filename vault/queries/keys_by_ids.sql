SELECT key_id, stream, compartment, kek_id, wrapped FROM vault.data_keys
 WHERE key_id = ANY (%s::uuid[]) AND destroyed_at IS NULL
