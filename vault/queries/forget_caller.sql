WITH look AS (INSERT INTO vault.caller_reads (actor, contact, what) VALUES (%(actor)s, %(contact)s, 'forget'))
DELETE FROM vault.caller_numbers WHERE contact = %(contact)s
