INSERT INTO vault.accounts (staff, opened_at) VALUES (%s, %s)
