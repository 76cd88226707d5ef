-- The line of the log is part of the statement: without it there is no answer.
SELECT i.version, i.key_id, i.sealed
  FROM vault.log_access(%(actor)s::uuid, %(kind)s::text, %(journeys)s::uuid[], %(fields)s::text[], %(purpose)s::text,
                        %(query)s::bytea, %(key_id)s::uuid, %(sealed)s::bytea) AS logged
  LEFT JOIN vault.identities AS i ON i.journey = (%(journeys)s::uuid[])[1]
