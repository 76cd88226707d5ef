-- Nobody has a session without an account that is enrolled. What has run out is swept away.
WITH ended AS (DELETE FROM vault.sessions WHERE begun_at <= %(oldest)s)
INSERT INTO vault.sessions (id, staff, token_sha256, device, proof, begun_at, seen_at)
SELECT %(id)s, a.staff, %(hash)s, %(device)s, %(proof)s, %(now)s, %(now)s
  FROM vault.accounts AS a WHERE a.staff = %(staff)s AND a.enrolled_at IS NOT NULL
RETURNING id, staff, device, proof, begun_at, seen_at, step_up_at
