SELECT stream, command_id, actor, kind, first_version, last_version, position, refusal::text, version_seen,
       pathway_sha256, release, decided_at
  FROM eventlog.outcomes WHERE kind = 'refused' AND command_id = %(command_id)s
   AND (%(stream)s::text IS NULL OR stream = %(stream)s)
