-- One row for each hand-over of a caseload.
CREATE TABLE projections.handovers_v1 (
    handover uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    leaver uuid NOT NULL,
    successors jsonb NOT NULL,
    reason text NOT NULL,
    asked_by uuid NOT NULL,
    phase text NOT NULL,
    begun_at timestamptz NOT NULL,
    ended_at timestamptz,
    rounds bigint NOT NULL,              -- how often it has looked
    moved bigint NOT NULL,
    refused bigint NOT NULL,             -- what stays with the leaver
    under_way bigint NOT NULL,
    due_at timestamptz,                  -- by when it is to be done; NULL: it has ended
    stalled boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT handovers_v1_pkey PRIMARY KEY (handover)
) WITH (fillfactor = 80);

CREATE INDEX handovers_v1_begun_idx ON projections.handovers_v1 (begun_at DESC, handover DESC);
CREATE INDEX handovers_v1_leaver_idx ON projections.handovers_v1 (leaver, begun_at DESC);
CREATE INDEX handovers_v1_code_idx ON projections.handovers_v1 (code);

ALTER TABLE projections.handovers_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.handovers_v1 TO putokaz_projector;
GRANT SELECT ON projections.handovers_v1 TO putokaz_reader;
