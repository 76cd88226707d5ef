WITH expired AS (DELETE FROM vault.passkey_ceremonies WHERE expires_at <= %(now)s)
INSERT INTO vault.passkey_ceremonies (token_sha256, purpose, staff, challenge, expires_at)
VALUES (%(hash)s, %(purpose)s, %(staff)s, %(challenge)s, %(expires_at)s)
