INSERT INTO vault.passkeys (id, staff, credential_id, key_id, sealed, counter, added_at)
VALUES (%(id)s, %(staff)s, %(credential)s, %(key_id)s, %(sealed)s, %(counter)s, %(now)s)
