-- Keeps what was typed; what is too old goes, whoever it is of. A draft that has ended stays ended.
WITH swept AS (
    DELETE FROM vault.drafts WHERE saved_at <= %(oldest)s AND (staff, form) <> (%(staff)s, %(form)s)
)
INSERT INTO vault.drafts AS d (staff, form, command_id, key_id, sealed, saved_at)
VALUES (%(staff)s, %(form)s, %(command_id)s, %(key_id)s, %(sealed)s, %(now)s)
ON CONFLICT (staff, form) DO UPDATE
   SET command_id = excluded.command_id, key_id = excluded.key_id, sealed = excluded.sealed, saved_at = excluded.saved_at
 WHERE d.sealed IS NOT NULL OR d.command_id <> excluded.command_id
RETURNING saved_at
