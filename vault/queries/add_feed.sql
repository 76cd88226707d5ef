INSERT INTO vault.calendar_feeds (id, staff, token_sha256, expires_at)
VALUES (%(id)s, %(staff)s, %(hash)s, clock_timestamp() + %(lasts)s)
RETURNING id, staff, created_at, expires_at, revoked_at, last_used_at, true
