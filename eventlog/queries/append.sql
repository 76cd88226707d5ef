SELECT status, kind, first_version, last_version, position, refusal::text, version_seen, pathway_sha256, release,
       decided_at, resource
  FROM eventlog.append(%s, %s, %s, %s, %s::text[], %s::bytea[], %s::jsonb, %s, %s, %s,
                       %s::uuid[], %s::uuid[], %s::timestamptz[], %s::timestamptz[], %s::uuid[])
