-- Unless another one was chosen meanwhile.
UPDATE vault.passwords SET sealed = %(sealed)s WHERE staff = %(staff)s AND key_id = %(key_id)s
