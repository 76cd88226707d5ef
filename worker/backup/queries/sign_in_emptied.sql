-- Nobody is signed in after a restore: a session that was ended after the backup would live again. So would an invitation or
-- a recovery code that was used since, and a pause that nobody remembers. Passkeys and passwords that were replaced, removed
-- or went with an account since do not open: their keys are in the shred ledger.
TRUNCATE vault.sessions, vault.passkey_ceremonies, vault.invitations, vault.enrolments, vault.recovery_codes,
         vault.sign_in_attempts
