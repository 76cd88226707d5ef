-- Each is there afterwards, and held: in order, so that two who need the same ones never wait for each other.
INSERT INTO vault.sign_in_attempts AS a (bucket, last_at, free_at)
SELECT bucket, %(now)s, %(now)s FROM unnest(%(buckets)s::bytea[]) AS bucket ORDER BY bucket
ON CONFLICT (bucket) DO UPDATE SET attempts = a.attempts
RETURNING a.bucket, a.attempts, a.last_at, a.free_at, a.known_until
