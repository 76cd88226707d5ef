SELECT id, staff, created_at, expires_at, revoked_at, last_used_at,
       revoked_at IS NULL AND expires_at > clock_timestamp()
  FROM vault.calendar_feeds
 WHERE %(staff)s::uuid IS NULL OR staff = %(staff)s
 ORDER BY created_at, id
