DELETE FROM vault.invitations WHERE token_sha256 = %(hash)s AND expires_at > %(now)s RETURNING staff
