-- Two who need the same first key at once: one wins, both read the winner's.
INSERT INTO vault.data_keys (key_id, stream, compartment, kek_id, wrapped) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (stream, compartment) WHERE destroyed_at IS NULL DO NOTHING
