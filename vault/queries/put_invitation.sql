-- The newest link alone opens: whoever asks for another one has perhaps lost the first.
INSERT INTO vault.invitations (staff, token_sha256, expires_at) VALUES (%(staff)s, %(hash)s, %(expires_at)s)
ON CONFLICT (staff) DO UPDATE SET token_sha256 = excluded.token_sha256, expires_at = excluded.expires_at
