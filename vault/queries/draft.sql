-- What is too old goes, whoever it is of, and is not shown.
WITH swept AS (DELETE FROM vault.drafts WHERE saved_at <= %(oldest)s)
SELECT command_id, key_id, sealed, saved_at FROM vault.drafts
 WHERE staff = %(staff)s AND form = %(form)s AND sealed IS NOT NULL AND saved_at > %(oldest)s
