-- One row for each thing that a person holds of an open journey, hotline contact or mission.
CREATE TABLE projections.caseload_v1 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,                  -- what of the stream: a role, a promised call, a seat
    code text COLLATE "C" NOT NULL,
    role text NOT NULL,
    staff uuid NOT NULL,
    next_due_at timestamptz,             -- when the stream owes something next
    stalled boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT caseload_v1_pkey PRIMARY KEY (stream_id, part)
) WITH (fillfactor = 80);

CREATE INDEX caseload_v1_staff_idx ON projections.caseload_v1 (staff, next_due_at, stream_id, part);

ALTER TABLE projections.caseload_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.caseload_v1 TO putokaz_projector;
GRANT SELECT ON projections.caseload_v1 TO putokaz_reader;
