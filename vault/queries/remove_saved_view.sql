DELETE FROM vault.saved_views WHERE id = %(view)s AND version = %(seen)s
