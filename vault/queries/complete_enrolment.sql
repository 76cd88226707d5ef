-- Enough is a passkey, or a password with a code generator that has shown a code.
WITH enough AS (
    SELECT e.staff FROM vault.enrolments AS e
     WHERE e.token_sha256 = %(hash)s AND e.expires_at > %(now)s
       AND (EXISTS (SELECT FROM vault.passkeys AS k WHERE k.staff = e.staff)
            OR EXISTS (SELECT FROM vault.passwords AS p JOIN vault.code_generators AS g USING (staff)
                        WHERE p.staff = e.staff AND g.confirmed_at IS NOT NULL))
), ended AS (
    DELETE FROM vault.enrolments AS e USING enough WHERE e.staff = enough.staff
)
UPDATE vault.accounts AS a SET enrolled_at = %(now)s FROM enough WHERE a.staff = enough.staff RETURNING a.staff
