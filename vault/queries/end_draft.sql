INSERT INTO vault.drafts (staff, form, command_id, saved_at)
VALUES (%(staff)s, %(form)s, %(command_id)s, %(now)s)
ON CONFLICT (staff, form) DO UPDATE
   SET command_id = excluded.command_id, key_id = NULL, sealed = NULL, saved_at = excluded.saved_at
