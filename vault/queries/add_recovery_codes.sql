INSERT INTO vault.recovery_codes (staff, hash) SELECT %(staff)s, hash FROM unnest(%(hashes)s::bytea[]) AS hash
