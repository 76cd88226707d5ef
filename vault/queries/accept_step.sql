-- Of two who send the same code at once, one is accepted.
UPDATE vault.code_generators SET last_step = %(step)s WHERE id = %(id)s AND last_step < %(step)s
