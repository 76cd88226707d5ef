-- Accounts: by what a member of staff proves who they are. An account comes with a redeemed invitation and goes, with all
-- that hangs on it, in one DELETE. Instants are the caller's, so that one clock judges a code, a link and a session.
CREATE TABLE IF NOT EXISTS vault.accounts (
    staff uuid NOT NULL REFERENCES vault.staff (id) ON DELETE CASCADE,
    opened_at timestamptz NOT NULL,
    enrolled_at timestamptz, -- NULL: nobody signs in yet
    CONSTRAINT accounts_pkey PRIMARY KEY (staff)
);

-- An invitation is a link to somebody who has no account, or whose account begins anew; an enrolment is what it opens, once.
CREATE TABLE IF NOT EXISTS vault.invitations (
    staff uuid NOT NULL REFERENCES vault.staff (id) ON DELETE CASCADE,
    token_sha256 bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT invitations_pkey PRIMARY KEY (staff),
    CONSTRAINT invitations_token_key UNIQUE (token_sha256),
    CONSTRAINT invitations_token_check CHECK (octet_length(token_sha256) = 32)
);
CREATE TABLE IF NOT EXISTS vault.enrolments (
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    token_sha256 bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT enrolments_pkey PRIMARY KEY (staff),
    CONSTRAINT enrolments_token_key UNIQUE (token_sha256),
    CONSTRAINT enrolments_token_check CHECK (octet_length(token_sha256) = 32)
);

-- Argon2's own text, encrypted: without the vault's keys nobody can even begin to guess.
CREATE TABLE IF NOT EXISTS vault.passwords (
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    chosen_at timestamptz NOT NULL,
    CONSTRAINT passwords_pkey PRIMARY KEY (staff)
);

-- `last_step`: the newest 30 seconds of which a code was accepted; no older one is, nor that one again.
CREATE TABLE IF NOT EXISTS vault.code_generators (
    id uuid NOT NULL,
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    added_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_step bigint NOT NULL DEFAULT 0,
    CONSTRAINT code_generators_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX IF NOT EXISTS code_generators_staff ON vault.code_generators (staff, (confirmed_at IS NULL));

-- HMAC-SHA-256 with a key of the account. A used code stays, so that "used" differs from "wrong".
CREATE TABLE IF NOT EXISTS vault.recovery_codes (
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    hash bytea NOT NULL,
    used_at timestamptz,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (staff, hash)
);

-- The record holds name and public key, so that nobody puts a key of theirs here without those of the vault.
CREATE TABLE IF NOT EXISTS vault.passkeys (
    id uuid NOT NULL,
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    credential_id bytea NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    counter bigint NOT NULL,
    added_at timestamptz NOT NULL,
    last_used_at timestamptz,
    CONSTRAINT passkeys_pkey PRIMARY KEY (id),
    CONSTRAINT passkeys_credential_key UNIQUE (credential_id)
);
CREATE INDEX IF NOT EXISTS passkeys_staff ON vault.passkeys (staff);

-- A challenge that a browser is to answer: whoever began holds the token. `staff`: only this person may answer it.
CREATE TABLE IF NOT EXISTS vault.passkey_ceremonies (
    token_sha256 bytea NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('registration', 'assertion')),
    staff uuid REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    challenge bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT passkey_ceremonies_pkey PRIMARY KEY (token_sha256),
    CONSTRAINT passkey_ceremonies_staff_check CHECK (purpose <> 'registration' OR staff IS NOT NULL)
);
CREATE INDEX IF NOT EXISTS passkey_ceremonies_expiry ON vault.passkey_ceremonies (expires_at);

-- A session that has ended is gone: what people did is in the log, not here.
CREATE TABLE IF NOT EXISTS vault.sessions (
    id uuid NOT NULL,
    staff uuid NOT NULL REFERENCES vault.accounts (staff) ON DELETE CASCADE,
    token_sha256 bytea NOT NULL,
    device text NOT NULL CHECK (device IN ('phone', 'tablet', 'computer', 'shared-computer')),
    proof text NOT NULL CHECK (proof IN ('passkey', 'code', 'recovery-code')),
    begun_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    step_up_at timestamptz,
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_token_key UNIQUE (token_sha256),
    CONSTRAINT sessions_token_check CHECK (octet_length(token_sha256) = 32)
);
CREATE INDEX IF NOT EXISTS sessions_staff ON vault.sessions (staff);
CREATE INDEX IF NOT EXISTS sessions_begun ON vault.sessions (begun_at);

-- Of an account, an address, or both: HMAC-SHA-256 with a key of the vault. `known_until`: somebody has signed in there.
CREATE TABLE IF NOT EXISTS vault.sign_in_attempts (
    bucket bytea NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL,
    free_at timestamptz NOT NULL,
    known_until timestamptz,
    CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (bucket),
    CONSTRAINT sign_in_attempts_bucket_check CHECK (octet_length(bucket) = 32)
);
CREATE INDEX IF NOT EXISTS sign_in_attempts_last ON vault.sign_in_attempts (last_at);

GRANT SELECT, INSERT, UPDATE (enrolled_at), DELETE ON vault.accounts TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (token_sha256, expires_at), DELETE ON vault.invitations TO putokaz_vault;
GRANT SELECT, INSERT, DELETE ON vault.enrolments TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (key_id, sealed, chosen_at), DELETE ON vault.passwords TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (confirmed_at, last_step), DELETE ON vault.code_generators TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (used_at), DELETE ON vault.recovery_codes TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (counter, last_used_at), DELETE ON vault.passkeys TO putokaz_vault;
GRANT SELECT, INSERT, DELETE ON vault.passkey_ceremonies TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (token_sha256, seen_at, step_up_at), DELETE ON vault.sessions TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (attempts, last_at, free_at, known_until), DELETE ON vault.sign_in_attempts TO putokaz_vault;
