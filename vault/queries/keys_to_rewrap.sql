SELECT key_id, stream, compartment, kek_id, wrapped FROM vault.data_keys
 WHERE wrapped IS NOT NULL AND kek_id <> %s FOR UPDATE
