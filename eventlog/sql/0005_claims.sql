-- People and vehicles that are promised: two claims on one resource never overlap, whatever stream made them.
CREATE TABLE eventlog.claims (
    claim_id uuid NOT NULL,
    resource uuid NOT NULL,
    during tstzrange NOT NULL CHECK (NOT isempty(during)),
    stream text NOT NULL,
    CONSTRAINT claims_pkey PRIMARY KEY (claim_id),
    CONSTRAINT claims_no_overlap EXCLUDE USING gist (resource WITH =, during WITH &&)
);

ALTER TABLE eventlog.claims OWNER TO putokaz_owner;
GRANT SELECT ON eventlog.claims TO putokaz_writer, putokaz_projector, putokaz_reader;
