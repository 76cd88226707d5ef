-- One row for each command that was ever decided: what a repeated command gets back, and what explains a refusal.
CREATE TABLE eventlog.outcomes (
    stream text NOT NULL,
    command_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('recorded', 'refused', 'nothing')),
    actor uuid NOT NULL,
    first_version bigint NOT NULL,      -- of its events; for the other kinds first = last = the version decided upon
    last_version bigint NOT NULL,
    position bigint NOT NULL,           -- the log's head after it: a reader that is level with it has seen it
    refusal jsonb,
    version_seen bigint,                -- the stream version that the form showed; NULL for timers
    pathway_sha256 text,
    release text NOT NULL,
    decided_at timestamptz NOT NULL,
    CONSTRAINT outcomes_pkey PRIMARY KEY (stream, command_id),
    CONSTRAINT outcomes_refusal_check CHECK ((kind = 'refused') = (refusal IS NOT NULL))
);

ALTER TABLE eventlog.outcomes OWNER TO putokaz_owner;
GRANT SELECT ON eventlog.outcomes TO putokaz_writer, putokaz_projector, putokaz_reader;
