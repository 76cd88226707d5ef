SELECT position, at, actor, staff, kind, command_id, key_id, sealed, chain FROM vault.staff_changes
 WHERE position > %(position)s ORDER BY position LIMIT %(most)s
