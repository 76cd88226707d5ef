SELECT position, at, actor, kind, journeys, fields, purpose, query, key_id, sealed, chain FROM vault.accesses
 WHERE position > %(position)s ORDER BY position LIMIT %(most)s
