-- One row for each member of staff of whom an absence or a leaving is known. Why somebody is absent is not kept.
CREATE TABLE projections.attendance_v1 (
    staff uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    left_at timestamptz,
    handover uuid,                       -- which began with leaving
    absences jsonb NOT NULL,             -- all that were not cancelled, by their beginning
    last_ends_at timestamptz,            -- the end of the last of them
    changed_at timestamptz NOT NULL,
    CONSTRAINT attendance_v1_pkey PRIMARY KEY (staff)
) WITH (fillfactor = 80);

CREATE INDEX attendance_v1_ends_idx ON projections.attendance_v1 (last_ends_at);

ALTER TABLE projections.attendance_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.attendance_v1 TO putokaz_projector;
GRANT SELECT ON projections.attendance_v1 TO putokaz_reader;
