DELETE FROM vault.accounts WHERE staff = %s
