SELECT status, kind, first_version, last_version, position, refusal::text, version_seen, pathway_sha256, release,
       decided_at, resource
  FROM eventlog.append(%s, %s, %s, %s, %b::text[], %b::bytea[], %s::jsonb, %s, %s, %s,
                       %b::uuid[], %b::uuid[], %b::timestamptz[], %b::timestamptz[], %b::uuid[])
