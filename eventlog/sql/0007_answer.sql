-- What an append says. `status`: new, repeated (the stored outcome of this command), conflict, busy.
CREATE TYPE eventlog.answer AS (
    status text,
    kind text,
    first_version bigint,
    last_version bigint,        -- on conflict: the stream's true version
    "position" bigint,
    refusal jsonb,
    version_seen bigint,
    pathway_sha256 text,
    release text,
    decided_at timestamptz,
    resource uuid               -- on busy: what is already promised
);

ALTER TYPE eventlog.answer OWNER TO putokaz_owner;
