SELECT count(*) FROM vault.recovery_codes WHERE staff = %s AND used_at IS NULL
