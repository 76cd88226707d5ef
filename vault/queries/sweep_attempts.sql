-- What somebody works with now is left for the next time.
DELETE FROM vault.sign_in_attempts AS a USING (
    SELECT bucket FROM vault.sign_in_attempts
     WHERE last_at <= %(forgotten)s AND free_at <= %(now)s AND (known_until IS NULL OR known_until <= %(now)s)
       FOR UPDATE SKIP LOCKED
) AS forgotten
 WHERE a.bucket = forgotten.bucket
