-- Unknown, expired and revoked are one answer. The instant of use is written at most once a minute.
WITH living AS (
    SELECT id, staff, token_sha256, last_used_at
      FROM vault.calendar_feeds
     WHERE token_sha256 = %(hash)s AND revoked_at IS NULL AND expires_at > clock_timestamp()
), used AS (
    UPDATE vault.calendar_feeds AS f SET last_used_at = clock_timestamp()
      FROM living AS l
     WHERE f.id = l.id AND (l.last_used_at IS NULL OR l.last_used_at < clock_timestamp() - interval '1 minute')
)
SELECT staff, token_sha256 FROM living
