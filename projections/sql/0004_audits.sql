-- What the audits of the workflows found and healed. Operational: deleted, it costs nothing but the memory of it.
-- The worker writes it with the writer's rights, which gain nothing else here.
GRANT USAGE ON SCHEMA projections TO putokaz_writer;

CREATE TABLE projections.audits (
    audit uuid NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT clock_timestamp(),     -- real time, whatever the log's clock says
    seconds double precision NOT NULL,
    journeys bigint NOT NULL,           -- those that the log says need a workflow
    workflows bigint NOT NULL,          -- those that ran when the audit began
    CONSTRAINT audits_pkey PRIMARY KEY (audit)
);
CREATE INDEX audits_finished_at_idx ON projections.audits (finished_at DESC);

CREATE TABLE projections.audit_findings (
    audit uuid NOT NULL,
    stream text NOT NULL,
    fault text NOT NULL,
    mended boolean NOT NULL,
    CONSTRAINT audit_findings_pkey PRIMARY KEY (audit, stream),
    CONSTRAINT audit_findings_audit_fkey FOREIGN KEY (audit) REFERENCES projections.audits ON DELETE CASCADE
);

ALTER TABLE projections.audits OWNER TO putokaz_owner;
ALTER TABLE projections.audit_findings OWNER TO putokaz_owner;
GRANT SELECT, INSERT, DELETE ON projections.audits, projections.audit_findings TO putokaz_writer;
GRANT SELECT ON projections.audits, projections.audit_findings TO putokaz_reader, putokaz_projector;
