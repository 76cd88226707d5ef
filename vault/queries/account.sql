SELECT a.staff, a.opened_at, a.enrolled_at,
       EXISTS (SELECT FROM vault.passwords AS p WHERE p.staff = a.staff),
       EXISTS (SELECT FROM vault.code_generators AS g WHERE g.staff = a.staff AND g.confirmed_at IS NOT NULL),
       (SELECT count(*) FROM vault.passkeys AS k WHERE k.staff = a.staff),
       (SELECT count(*) FROM vault.recovery_codes AS r WHERE r.staff = a.staff AND r.used_at IS NULL)
  FROM vault.accounts AS a WHERE a.staff = %s
