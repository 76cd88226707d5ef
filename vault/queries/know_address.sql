UPDATE vault.sign_in_attempts SET last_at = %(now)s, known_until = %(known_until)s WHERE bucket = %(pair)s
