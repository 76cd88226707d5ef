SELECT status, kind, first_version, last_version, position, refusal::text, version_seen, pathway_sha256, release,
       decided_at, resource
  FROM eventlog.append_batch(%b::text[], %b::bigint[], %b::uuid[], %b::uuid[], %s::jsonb[], %b::bigint[], %b::text[],
                             %b::text[], %b::bigint[], %b::text[], %b::bytea[], %b::bigint[], %b::uuid[], %b::uuid[],
                             %b::timestamptz[], %b::timestamptz[], %b::bigint[], %b::uuid[])
