-- One row for everything that an open journey owes.
CREATE TABLE projections.my_day_v1 (
    journey uuid NOT NULL,
    part text NOT NULL,
    code text NOT NULL,
    part_version bigint NOT NULL,
    kind text NOT NULL,
    step text,                          -- NULL for a review
    stage text,
    owner_role text NOT NULL,
    owner_staff uuid,
    due_at timestamptz NOT NULL,
    due_on date NOT NULL,
    waits_on text NOT NULL,
    stalled text,
    mover text NOT NULL,                -- whose move it is: by the stall's cause, else who the step waits on
    appointment timestamptz,
    CONSTRAINT my_day_v1_pkey PRIMARY KEY (journey, part)
) WITH (fillfactor = 80);

CREATE INDEX my_day_v1_staff_idx ON projections.my_day_v1 (owner_staff, due_at, journey, part);
CREATE INDEX my_day_v1_role_idx ON projections.my_day_v1 (owner_role, due_at, journey, part)
    WHERE owner_staff IS NULL;

ALTER TABLE projections.my_day_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.my_day_v1 TO putokaz_projector;
GRANT SELECT ON projections.my_day_v1 TO putokaz_reader;
