WITH look AS (
    INSERT INTO vault.caller_reads (actor, contact, what) VALUES (%(actor)s, %(contact)s, 'repeats') RETURNING contact
)
SELECT other.contact
  FROM look JOIN vault.caller_numbers AS mine USING (contact)
  JOIN vault.caller_numbers AS other ON other.hash = mine.hash AND other.contact <> mine.contact
 ORDER BY other.kept_at, other.contact
