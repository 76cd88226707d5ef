-- One row for each way in which a member of staff stands to a journey, open or closed.
CREATE TABLE projections.involvement_v1 (
    journey uuid NOT NULL,
    part text NOT NULL,                  -- a role of the journey, or `counsel:` and the id of who holds a power
    involvement text NOT NULL,           -- `assigned` or `counsel`
    role text NOT NULL,
    staff uuid NOT NULL,
    CONSTRAINT involvement_v1_pkey PRIMARY KEY (journey, part)
) WITH (fillfactor = 80);

CREATE INDEX involvement_v1_staff_idx ON projections.involvement_v1 (staff) INCLUDE (journey, role, involvement);

ALTER TABLE projections.involvement_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.involvement_v1 TO putokaz_projector;
GRANT SELECT ON projections.involvement_v1 TO putokaz_reader;
