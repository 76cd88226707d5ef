-- One row for everything that an open stream owes: a journey, a hotline contact, a mission.
CREATE TABLE projections.my_day_v2 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,
    code text NOT NULL,
    part_version bigint NOT NULL,
    kind text NOT NULL,
    what text,                          -- the code a page names it by: the step, the kind of hearing; NULL: its kind says all
    stage text,                         -- of a step
    owner_role text NOT NULL,
    owner_staff uuid,
    due_at timestamptz NOT NULL,
    due_on date NOT NULL,
    waits_on text NOT NULL,
    stalled text,
    mover text NOT NULL,                -- whose move it is: by the stall's cause, else who it waits on
    appointment timestamptz,
    date_version bigint NOT NULL,       -- grows with each date that it is given
    zone text NOT NULL,                 -- in which its date is to be read
    CONSTRAINT my_day_v2_pkey PRIMARY KEY (stream_id, part)
) WITH (fillfactor = 80);

CREATE INDEX my_day_v2_staff_idx ON projections.my_day_v2 (owner_staff, due_at, stream_id, part);
CREATE INDEX my_day_v2_role_idx ON projections.my_day_v2 (owner_role, due_at, stream_id, part)
    WHERE owner_staff IS NULL;
CREATE INDEX my_day_v2_code_idx ON projections.my_day_v2 (code, due_at, stream_id, part);

ALTER TABLE projections.my_day_v2 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.my_day_v2 TO putokaz_projector;
GRANT SELECT ON projections.my_day_v2 TO putokaz_reader;
