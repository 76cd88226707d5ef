-- What is parked still at the same event keeps its row, with the time since when.
DELETE FROM projections.parked AS p
 WHERE p.model = %s
   AND NOT EXISTS (SELECT FROM unnest(%s::text[], %s::bigint[]) AS m (stream, first_version)
                    WHERE m.stream = p.stream AND m.first_version = p.first_version)
