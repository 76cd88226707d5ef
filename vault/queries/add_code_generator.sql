INSERT INTO vault.code_generators (id, staff, key_id, sealed, added_at)
VALUES (%(id)s, %(staff)s, %(key_id)s, %(sealed)s, %(now)s)
