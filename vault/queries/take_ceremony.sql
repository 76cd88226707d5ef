-- Whatever becomes of the answer, this challenge is asked with no second time.
DELETE FROM vault.passkey_ceremonies
 WHERE token_sha256 = %(hash)s AND purpose = %(purpose)s AND expires_at > %(now)s
RETURNING staff, challenge
