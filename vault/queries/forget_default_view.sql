DELETE FROM vault.default_views WHERE staff = %(staff)s
