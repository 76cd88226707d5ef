-- What was counted for this one alone is forgotten; of those who share an address, only this attempt.
UPDATE vault.sign_in_attempts
   SET attempts = CASE WHEN bucket = %(shared)s THEN greatest(attempts - 1, 0) ELSE 0 END, free_at = %(now)s
 WHERE bucket = ANY (%(judged)s::bytea[])
