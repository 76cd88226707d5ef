UPDATE vault.sign_in_attempts SET attempts = %(attempts)s, last_at = %(now)s, free_at = %(free_at)s
 WHERE bucket = %(bucket)s
