-- One row for each way in which a member of staff stands to a journey, open or closed.
CREATE TABLE projections.involvement_v2 (
    journey uuid NOT NULL,
    part text NOT NULL,                  -- a role of the journey, or `counsel:` or `emergency:` and the id of whose it is
    involvement text NOT NULL,           -- `assigned`, `counsel` or `emergency`
    role text,                           -- NULL for an emergency access, which is with every role of theirs
    staff uuid NOT NULL,
    ends_at timestamptz,                 -- when an emergency access ends by itself; NULL: holds until something is recorded
    CONSTRAINT involvement_v2_pkey PRIMARY KEY (journey, part)
) WITH (fillfactor = 80);

CREATE INDEX involvement_v2_staff_idx ON projections.involvement_v2 (staff) INCLUDE (journey, role, involvement);

ALTER TABLE projections.involvement_v2 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.involvement_v2 TO putokaz_projector;
GRANT SELECT ON projections.involvement_v2 TO putokaz_reader;
