UPDATE vault.calendar_feeds SET revoked_at = clock_timestamp()
 WHERE id = %(feed)s AND staff = %(staff)s AND revoked_at IS NULL
