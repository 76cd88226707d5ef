WITH look AS (
    INSERT INTO vault.caller_reads (actor, contact, what) VALUES (%(actor)s, %(contact)s, 'number') RETURNING contact
)
SELECT n.key_id, n.sealed FROM vault.caller_numbers AS n JOIN look USING (contact)
