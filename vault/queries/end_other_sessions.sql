DELETE FROM vault.sessions WHERE staff = %(staff)s AND id <> %(id)s
