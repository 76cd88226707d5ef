UPDATE vault.code_generators SET confirmed_at = %(now)s, last_step = %(step)s
 WHERE id = %(id)s AND confirmed_at IS NULL
