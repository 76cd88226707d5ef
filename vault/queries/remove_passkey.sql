DELETE FROM vault.passkeys WHERE id = %(id)s AND staff = %(staff)s
