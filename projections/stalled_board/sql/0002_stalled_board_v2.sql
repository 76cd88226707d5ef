-- One row for everything that stands still in an open stream: a step, a hearing, a call-back.
CREATE TABLE projections.stalled_board_v2 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,
    code text NOT NULL,
    part_version bigint NOT NULL,
    kind text NOT NULL,
    what text,                          -- the code a page names it by: the step, the kind of hearing
    stage text,                         -- of a step
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
    CONSTRAINT stalled_board_v2_pkey PRIMARY KEY (stream_id, part)
) WITH (fillfactor = 80);

CREATE INDEX stalled_board_v2_since_idx ON projections.stalled_board_v2 (since, stream_id, part);
CREATE INDEX stalled_board_v2_owner_idx ON projections.stalled_board_v2 (owner_staff, since, stream_id, part);
CREATE INDEX stalled_board_v2_caseworker_idx ON projections.stalled_board_v2 (caseworker, since, stream_id, part);

ALTER TABLE projections.stalled_board_v2 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.stalled_board_v2 TO putokaz_projector;
GRANT SELECT ON projections.stalled_board_v2 TO putokaz_reader;
