SELECT stream, last_position FROM projections.parked
 WHERE model = %(model)s AND (%(stream)s::text IS NULL OR stream = %(stream)s)
 ORDER BY first_position FOR UPDATE
