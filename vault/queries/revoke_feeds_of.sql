UPDATE vault.calendar_feeds SET revoked_at = clock_timestamp() WHERE staff = %s AND revoked_at IS NULL
