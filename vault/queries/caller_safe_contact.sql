INSERT INTO vault.caller_reads (actor, contact, what) VALUES (%(actor)s, %(contact)s, 'safe-contact')
