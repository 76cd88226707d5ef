-- Whoever claims one has it for that long: two workers do not tell the same twice.
UPDATE vault.sign_in_letters AS l SET tried_at = clock_timestamp()
 WHERE l.position IN (
    SELECT o.position FROM vault.sign_in_letters AS o
     WHERE o.told_at IS NULL AND (o.tried_at IS NULL OR o.tried_at < clock_timestamp() - %(pause)s::interval)
     ORDER BY o.position LIMIT %(most)s FOR UPDATE SKIP LOCKED
 )
RETURNING l.position, l.staff, l.at
