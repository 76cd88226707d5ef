SELECT position, at, actor, kind, journeys, fields, purpose, query, key_id, sealed, chain FROM vault.accesses
 WHERE journeys @> ARRAY[%(journey)s::uuid] AND kind = ANY (%(kinds)s::text[])
 ORDER BY position
