SELECT staff FROM vault.enrolments WHERE token_sha256 = %(hash)s AND expires_at > %(now)s
