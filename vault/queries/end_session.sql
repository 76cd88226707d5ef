DELETE FROM vault.sessions WHERE id = %(id)s AND staff = %(staff)s
