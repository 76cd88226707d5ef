INSERT INTO vault.enrolments (staff, token_sha256, expires_at) VALUES (%s, %s, %s)
