-- One row a contact. Codes only: no number, no name, no text; what a contact counts as is what statistics are made of.
CREATE TABLE projections.contacts_v1 (
    stream_id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    known_as text COLLATE "C",          -- the code that a caller was told, where they wanted one
    contacted_at timestamptz NOT NULL,
    contacted_on date NOT NULL,         -- the local day, by which months are counted
    channel text NOT NULL,
    caller text NOT NULL,
    topics text[] NOT NULL,
    language text NOT NULL,
    urgency text NOT NULL,
    next_step text NOT NULL,
    may_call text NOT NULL,
    open boolean NOT NULL,
    due_at timestamptz,                 -- of what is owed first
    promises integer NOT NULL,
    kept integer NOT NULL,
    dangers integer NOT NULL,
    dangers_open integer NOT NULL,
    reports integer NOT NULL,
    journeys uuid[] NOT NULL,           -- those that have recorded it too
    details jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    version bigint NOT NULL,
    CONSTRAINT contacts_v1_pkey PRIMARY KEY (stream_id)
) WITH (fillfactor = 80);

CREATE INDEX contacts_v1_all_idx ON projections.contacts_v1 (contacted_at DESC, stream_id DESC);
CREATE INDEX contacts_v1_open_idx ON projections.contacts_v1 (contacted_at DESC, stream_id DESC) WHERE open;
CREATE INDEX contacts_v1_day_idx ON projections.contacts_v1 (contacted_on);
CREATE INDEX contacts_v1_code_idx ON projections.contacts_v1 (code);
CREATE INDEX contacts_v1_known_as_idx ON projections.contacts_v1 (known_as) WHERE known_as IS NOT NULL;
CREATE INDEX contacts_v1_journeys_idx ON projections.contacts_v1 USING gin (journeys);

ALTER TABLE projections.contacts_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.contacts_v1 TO putokaz_projector;
GRANT SELECT ON projections.contacts_v1 TO putokaz_reader;
