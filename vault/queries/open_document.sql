-- The line of the log is part of the statement: without it there is no answer.
SELECT d.upload, d.compartment, d.key_id, d.pieces, d.size, d.sha256, d.sealed
  FROM vault.log_access(%(actor)s::uuid, %(kind)s::text, %(journeys)s::uuid[], %(fields)s::text[], %(purpose)s::text,
                        %(query)s::bytea, %(key_id)s::uuid, %(sealed)s::bytea) AS logged
  LEFT JOIN vault.documents AS d
    ON d.document = (%(fields)s::text[])[1]::uuid AND d.journey = (%(journeys)s::uuid[])[1] AND d.kept
