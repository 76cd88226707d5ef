DELETE FROM vault.code_generators WHERE staff = %s AND confirmed_at IS NULL RETURNING id
