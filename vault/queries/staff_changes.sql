SELECT position, at, actor, staff, kind, command_id, key_id, sealed, chain FROM vault.staff_changes
 WHERE %(staff)s::uuid IS NULL OR staff = %(staff)s
 ORDER BY position DESC LIMIT %(most)s
