-- All but one, or all.
DELETE FROM vault.code_generators WHERE staff = %(staff)s AND id IS DISTINCT FROM %(but)s RETURNING id
