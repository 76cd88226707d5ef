-- After a restore: what was destroyed since the backup is destroyed again.
UPDATE vault.data_keys SET wrapped = NULL, destroyed_at = clock_timestamp()
 WHERE key_id = ANY (%s::uuid[]) AND destroyed_at IS NULL
