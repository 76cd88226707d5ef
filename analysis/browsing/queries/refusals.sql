WITH refused AS MATERIALIZED (
    SELECT * FROM eventlog.outcomes
     WHERE kind = 'refused' AND (%(stream)s::text IS NULL OR stream = %(stream)s)
)
SELECT c.count, r.stream, r.command_id, r.actor, r.kind, r.first_version, r.last_version, r.position, r.refusal::text,
       r.version_seen, r.pathway_sha256, r.release, r.decided_at
  FROM (SELECT count(*) FROM refused) AS c
  LEFT JOIN LATERAL (
      SELECT * FROM refused
       WHERE %(at)s::timestamptz IS NULL OR (decided_at, command_id) < (%(at)s, %(command_id)s::uuid)
       ORDER BY decided_at DESC, command_id DESC LIMIT %(limit)s
  ) AS r ON true
 ORDER BY r.decided_at DESC, r.command_id DESC
