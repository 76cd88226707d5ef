-- Numbers of callers, apart from the log. A hash of a number is guessable once its key is known: so it never leaves this
-- database, and its key is a data key of the vault. Which contact a row is of, the log knows; whose number, nobody but this.
CREATE TABLE IF NOT EXISTS vault.caller_numbers (
    contact uuid NOT NULL,
    hash bytea NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT caller_numbers_pkey PRIMARY KEY (contact)
);
CREATE INDEX IF NOT EXISTS caller_numbers_hash ON vault.caller_numbers (hash);

-- Who looked, at which contact, and what for. Written in the same statement as the look; never altered.
CREATE TABLE IF NOT EXISTS vault.caller_reads (
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor uuid NOT NULL,
    contact uuid NOT NULL,
    what text NOT NULL CHECK (what IN ('number', 'repeats', 'forget'))
);
CREATE INDEX IF NOT EXISTS caller_reads_contact ON vault.caller_reads (contact, at);

GRANT SELECT, INSERT, UPDATE (hash, key_id, sealed), DELETE ON vault.caller_numbers TO putokaz_vault;
GRANT SELECT, INSERT ON vault.caller_reads TO putokaz_vault;
