UPDATE vault.sessions SET token_sha256 = %(new_hash)s, seen_at = greatest(seen_at, %(now)s), step_up_at = %(now)s
 WHERE token_sha256 = %(hash)s AND begun_at > %(oldest)s AND seen_at > %(idle_since)s
RETURNING id, staff, device, proof, begun_at, seen_at, step_up_at
