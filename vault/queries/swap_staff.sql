-- Only where nobody has written since: every writing seals anew, so the bytes differ even where the words do not.
UPDATE vault.staff SET key_id = %(key_id)s, sealed = %(sealed)s WHERE id = %(staff)s AND sealed = %(was)s
