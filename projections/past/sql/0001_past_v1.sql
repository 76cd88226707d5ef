-- What the boards have shown, and when: each row of them with the positions in the log between which it stood. A row holds
-- from its own position on and no longer at the next one, so at any position each key of a stream has one row at most.

CREATE TABLE projections.past_journey_list_v1 (
    journey uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    pathway text NOT NULL,
    pathway_version integer NOT NULL,
    phase text NOT NULL,
    stages text[] NOT NULL,             -- the active ones, in the order of entering
    caseworker uuid,
    next_part text,                     -- the obligation that is due first
    next_step text,                     -- NULL for a review
    next_role text,
    next_due_at timestamptz,
    next_due_on date,
    stalled text,                       -- the cause of the oldest stall
    stalled_since timestamptz,
    closing_reason text,
    opened_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    version bigint NOT NULL,
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_journey_list_v1_pkey PRIMARY KEY (journey, from_position)
);

CREATE TABLE projections.past_stalled_board_v1 (
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
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_stalled_board_v1_pkey PRIMARY KEY (stream_id, part, from_position)
);

CREATE TABLE projections.past_my_day_v1 (
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
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_my_day_v1_pkey PRIMARY KEY (stream_id, part, from_position)
);

CREATE TABLE projections.past_caseload_v1 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,                  -- what of the stream: a role, a promised call, a seat
    code text COLLATE "C" NOT NULL,
    role text NOT NULL,
    staff uuid NOT NULL,
    next_due_at timestamptz,             -- when the stream owes something next
    stalled boolean NOT NULL,
    changed_at timestamptz NOT NULL,
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_caseload_v1_pkey PRIMARY KEY (stream_id, part, from_position)
);

CREATE TABLE projections.past_flow_v1 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,                 -- `journey`, `stage:recovery`, `step:home-visit:2`, `proceedings:1`, `milestone:recovered`
    kind text NOT NULL,                 -- the first word of the part
    what text,                          -- the code of the stage, step, matter or milestone
    stage text,                         -- of a step
    occurrence integer NOT NULL,        -- how many times it was entered by then
    state text NOT NULL,
    cause text,                         -- why it stands still
    began_at timestamptz NOT NULL,      -- when it was opened, entered or begun, in the world
    at timestamptz NOT NULL,            -- since when it is in this state, in the world
    pathway text NOT NULL,
    pathway_version integer NOT NULL,
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_flow_v1_pkey PRIMARY KEY (stream_id, part, from_position)
);

-- What was recorded after it had happened: each such event as a row of its own, which never ends.
CREATE TABLE projections.past_late_v1 (
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    part text NOT NULL,
    version bigint NOT NULL,            -- of the event in its stream
    occurred_at timestamptz,            -- NULL: it corrects another event, and is of that one's time
    from_position bigint NOT NULL,      -- that of the event that made it so
    until_position bigint,              -- that of the event that made it otherwise; NULL: it is so
    from_at timestamptz NOT NULL,       -- when those were recorded
    until_at timestamptz,
    CONSTRAINT past_late_v1_pkey PRIMARY KEY (stream_id, part, from_position)
);

CREATE INDEX past_journey_list_v1_span_idx ON projections.past_journey_list_v1
    USING gist (int8range(from_position, until_position));
CREATE INDEX past_stalled_board_v1_span_idx ON projections.past_stalled_board_v1
    USING gist (int8range(from_position, until_position));
CREATE INDEX past_my_day_v1_span_idx ON projections.past_my_day_v1
    USING gist (int8range(from_position, until_position));
CREATE INDEX past_caseload_v1_span_idx ON projections.past_caseload_v1
    USING gist (int8range(from_position, until_position));
CREATE INDEX past_flow_v1_span_idx ON projections.past_flow_v1
    USING gist (int8range(from_position, until_position));
CREATE INDEX past_late_v1_unknown_idx ON projections.past_late_v1 USING gist (tstzrange(occurred_at, from_at));

ALTER TABLE projections.past_journey_list_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.past_stalled_board_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.past_my_day_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.past_caseload_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.past_flow_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.past_late_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    projections.past_journey_list_v1,
    projections.past_stalled_board_v1,
    projections.past_my_day_v1,
    projections.past_caseload_v1,
    projections.past_flow_v1,
    projections.past_late_v1
    TO putokaz_projector;
GRANT SELECT ON
    projections.past_journey_list_v1,
    projections.past_stalled_board_v1,
    projections.past_my_day_v1,
    projections.past_caseload_v1,
    projections.past_flow_v1,
    projections.past_late_v1
    TO putokaz_reader;
