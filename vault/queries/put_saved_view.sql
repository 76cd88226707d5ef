UPDATE vault.saved_views
   SET owner = %(owner)s, version = version + 1, key_id = %(key)s, sealed = %(sealed)s, changed_at = clock_timestamp()
 WHERE id = %(view)s AND version = %(seen)s
