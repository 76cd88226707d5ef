DELETE FROM vault.recovery_codes WHERE staff = %s
