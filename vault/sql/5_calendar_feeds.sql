-- Private calendars: whoever knows the token reads the appointments of one member of staff. The token is nowhere here.
CREATE TABLE IF NOT EXISTS vault.calendar_feeds (
    id uuid NOT NULL,
    staff uuid NOT NULL REFERENCES vault.staff (id) ON DELETE CASCADE,
    token_sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    last_used_at timestamptz,
    CONSTRAINT calendar_feeds_pkey PRIMARY KEY (id),
    CONSTRAINT calendar_feeds_token_key UNIQUE (token_sha256),
    CONSTRAINT calendar_feeds_token_check CHECK (octet_length(token_sha256) = 32)
);
CREATE INDEX IF NOT EXISTS calendar_feeds_staff_idx ON vault.calendar_feeds (staff);

GRANT SELECT, INSERT, UPDATE (revoked_at, last_used_at) ON vault.calendar_feeds TO putokaz_vault;
