-- One row for everything that stands still in an open stream: a step, a hearing, a call-back.
CREATE TABLE projections.stalled_board_v3 (
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
    nudged_at timestamptz,              -- the last reminder that a person sent about it, where one did since it stands still
    nudged_by uuid,
    nudged_role text,
    nudged_staff uuid,                  -- NULL where all who hold the role were told
    nudge_again_at timestamptz,
    CONSTRAINT stalled_board_v3_pkey PRIMARY KEY (stream_id, part)
) WITH (fillfactor = 80);

CREATE INDEX stalled_board_v3_since_idx ON projections.stalled_board_v3 (since, stream_id, part);
CREATE INDEX stalled_board_v3_owner_idx ON projections.stalled_board_v3 (owner_staff, since, stream_id, part);
CREATE INDEX stalled_board_v3_caseworker_idx ON projections.stalled_board_v3 (caseworker, since, stream_id, part);

ALTER TABLE projections.stalled_board_v3 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.stalled_board_v3 TO putokaz_projector;
GRANT SELECT ON projections.stalled_board_v3 TO putokaz_reader;
