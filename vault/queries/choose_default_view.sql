INSERT INTO vault.default_views (staff, view) VALUES (%(staff)s, %(view)s)
ON CONFLICT (staff) DO UPDATE SET view = excluded.view
