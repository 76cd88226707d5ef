-- A feed that was revoked after the backup would open again: every person gets a new one instead.
UPDATE vault.calendar_feeds SET revoked_at = clock_timestamp() WHERE revoked_at IS NULL
