SELECT kind, first_version, last_version, position, refusal::text, version_seen, pathway_sha256, release, decided_at
  FROM eventlog.outcomes WHERE stream = %s AND command_id = %s
