DELETE FROM vault.sessions WHERE staff = %s
