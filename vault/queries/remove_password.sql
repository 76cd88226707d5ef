DELETE FROM vault.passwords WHERE staff = %s
