SELECT id, key_id, sealed FROM vault.code_generators
 WHERE staff = %(staff)s AND (confirmed_at IS NOT NULL) = %(confirmed)s
