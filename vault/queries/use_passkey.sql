-- Authenticators that do not count say 0 each time. Any other number grows, also when two answers come at once.
UPDATE vault.passkeys SET counter = %(counter)s, last_used_at = %(now)s
 WHERE id = %(id)s AND (counter < %(counter)s OR (counter = 0 AND %(counter)s = 0))
