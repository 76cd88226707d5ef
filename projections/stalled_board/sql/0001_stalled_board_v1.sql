-- One row for each open step that stands still, in an open journey.
CREATE TABLE projections.stalled_board_v1 (
    journey uuid NOT NULL,
    part text NOT NULL,
    code text NOT NULL,
    part_version bigint NOT NULL,
    step text NOT NULL,
    stage text NOT NULL,
    cause text NOT NULL,
    mover text NOT NULL,
    next_action text NOT NULL,
    owner_role text NOT NULL,
    owner_staff uuid,
    caseworker uuid,
    since timestamptz NOT NULL,
    opened_at timestamptz NOT NULL,
    due_on date NOT NULL,
    limit_count integer NOT NULL,
    limit_unit text NOT NULL,
    limit_reached_on date,              -- NULL where a person called it stalled before the clock did
    country text NOT NULL,              -- whose working days count
    zone text NOT NULL,
    CONSTRAINT stalled_board_v1_pkey PRIMARY KEY (journey, part)
) WITH (fillfactor = 80);

CREATE INDEX stalled_board_v1_since_idx ON projections.stalled_board_v1 (since, journey, part);
CREATE INDEX stalled_board_v1_owner_idx ON projections.stalled_board_v1 (owner_staff, since, journey, part);
CREATE INDEX stalled_board_v1_caseworker_idx ON projections.stalled_board_v1 (caseworker, since, journey, part);

ALTER TABLE projections.stalled_board_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.stalled_board_v1 TO putokaz_projector;
GRANT SELECT ON projections.stalled_board_v1 TO putokaz_reader;
