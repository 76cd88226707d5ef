SELECT id, staff, device, proof, begun_at, seen_at, step_up_at
  FROM vault.sessions
 WHERE token_sha256 = %(hash)s AND begun_at > %(oldest)s AND seen_at > %(idle_since)s
