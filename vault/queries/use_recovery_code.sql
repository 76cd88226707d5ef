-- Of two who send the same code at once, the second waits and sees that it is used.
WITH code AS (
    SELECT staff, hash, used_at FROM vault.recovery_codes WHERE staff = %(staff)s AND hash = %(hash)s FOR UPDATE
), used AS (
    UPDATE vault.recovery_codes AS r SET used_at = %(now)s
      FROM code WHERE r.staff = code.staff AND r.hash = code.hash AND code.used_at IS NULL
)
SELECT used_at FROM code
