SELECT position, at, actor, kind, journeys, fields, purpose, query, key_id, sealed, chain FROM vault.accesses
 WHERE actor = %(actor)s AND at >= %(since)s AND kind = ANY (%(kinds)s::text[])
 ORDER BY position
