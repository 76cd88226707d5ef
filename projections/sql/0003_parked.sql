-- Streams that a read model cannot follow: the event that it failed on and how far the stream has gone since.
-- No body and no text of an error, which may quote one: the event itself is in the log.
CREATE TABLE projections.parked (
    model text NOT NULL,
    stream text NOT NULL,
    first_version bigint NOT NULL,      -- the event that failed
    first_position bigint NOT NULL,
    last_version bigint NOT NULL CHECK (last_version >= first_version),     -- the last one parked behind it
    last_position bigint NOT NULL,
    topic text NOT NULL,                -- of the event that failed
    error text NOT NULL,                -- a code: the class of the exception, or SQLSTATE
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_at timestamptz,               -- when it was last replayed in vain
    CONSTRAINT parked_pkey PRIMARY KEY (model, stream)
);

ALTER TABLE projections.parked OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.parked TO putokaz_projector;
GRANT SELECT ON projections.parked TO putokaz_reader;
