SELECT id, staff, device, proof, begun_at, seen_at, step_up_at
  FROM vault.sessions
 WHERE staff = %(staff)s AND begun_at > %(oldest)s AND seen_at > %(idle_since)s
 ORDER BY begun_at, id
