-- Checks, touches and answers at once. Touched at most every few seconds: a page asks for several things together.
WITH living AS (
    SELECT id, staff, device, proof, begun_at, seen_at, step_up_at
      FROM vault.sessions
     WHERE token_sha256 = %(hash)s AND begun_at > %(oldest)s AND seen_at > %(idle_since)s
), touched AS (
    UPDATE vault.sessions AS s SET seen_at = %(now)s
      FROM living AS l WHERE s.id = l.id AND l.seen_at <= %(touched_before)s
)
SELECT id, staff, device, proof, begun_at,
       CASE WHEN seen_at <= %(touched_before)s THEN %(now)s ELSE seen_at END, step_up_at
  FROM living
