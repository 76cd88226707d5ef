-- Documents of clients: each content in pieces, sealed under the journey's key of the compartment that it belongs to.
-- A row is one upload; `kept` once it was whole and taken. Of one document at most one upload is kept. `sealed`: file
-- name and title. `checked_at`: when it was last seen that an event names it (`vault.document_sweep`).
CREATE TABLE IF NOT EXISTS vault.documents (
    upload uuid NOT NULL,
    document uuid NOT NULL,
    journey uuid NOT NULL,
    compartment text NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    kept boolean NOT NULL DEFAULT false,
    pieces integer,
    size bigint,
    sha256 bytea,
    sealed bytea,
    checked_at timestamptz,
    CONSTRAINT documents_pkey PRIMARY KEY (upload),
    CONSTRAINT documents_kept_check CHECK (
        NOT kept OR (pieces IS NOT NULL AND size IS NOT NULL AND sha256 IS NOT NULL AND sealed IS NOT NULL)
    )
);
CREATE UNIQUE INDEX IF NOT EXISTS documents_document ON vault.documents (document) WHERE kept;
CREATE INDEX IF NOT EXISTS documents_journey ON vault.documents (journey) WHERE kept;
CREATE INDEX IF NOT EXISTS documents_begun ON vault.documents (begun_at);
CREATE INDEX IF NOT EXISTS documents_key ON vault.documents (key_id);

CREATE TABLE IF NOT EXISTS vault.document_pieces (
    upload uuid NOT NULL REFERENCES vault.documents (upload) ON DELETE CASCADE,
    position integer NOT NULL,
    sealed bytea NOT NULL,
    CONSTRAINT document_pieces_pkey PRIMARY KEY (upload, position),
    CONSTRAINT document_pieces_position_check CHECK (position >= 0)
);
-- Ciphertext does not compress.
ALTER TABLE vault.document_pieces ALTER COLUMN sealed SET STORAGE EXTERNAL;

GRANT SELECT, INSERT, DELETE, UPDATE (kept, pieces, size, sha256, sealed, checked_at) ON vault.documents TO putokaz_vault;
GRANT SELECT, INSERT, DELETE ON vault.document_pieces TO putokaz_vault;
