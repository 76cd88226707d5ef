-- One row a mission. Places stay sealed in the log; people, vehicles and journeys are ids.
CREATE TABLE projections.missions_v1 (
    mission uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    plan_version bigint NOT NULL,
    phase text NOT NULL,
    purpose text NOT NULL,
    lead uuid NOT NULL,
    team uuid[] NOT NULL,
    vehicle uuid,
    supervisor uuid,
    journeys uuid[] NOT NULL,
    departure timestamptz NOT NULL,
    expected_return timestamptz NOT NULL,
    zone text NOT NULL,
    departed_at timestamptz,
    heard_at timestamptz,               -- when the team was heard of last
    returned_at timestamptz,
    next_kind text,                     -- what is owed first: a check-in, the return, an alarm, the report
    next_due_at timestamptz,
    rings boolean NOT NULL,             -- somebody was called about it, and nobody has answered
    risk text,
    overridden_by uuid,
    alarm text,
    aborted text,
    cancelled text,
    outcomes jsonb NOT NULL,            -- of each journey, once reported
    kilometres integer,
    rsd numeric(14, 2),
    changed_at timestamptz NOT NULL,
    CONSTRAINT missions_v1_pkey PRIMARY KEY (mission)
) WITH (fillfactor = 80);

CREATE INDEX missions_v1_all_idx ON projections.missions_v1 (departure DESC, mission DESC);
CREATE INDEX missions_v1_phase_idx ON projections.missions_v1 (phase, departure DESC, mission DESC);
CREATE INDEX missions_v1_team_idx ON projections.missions_v1 USING gin (team);
CREATE INDEX missions_v1_journeys_idx ON projections.missions_v1 USING gin (journeys);
CREATE INDEX missions_v1_code_idx ON projections.missions_v1 (code);

ALTER TABLE projections.missions_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.missions_v1 TO putokaz_projector;
GRANT SELECT ON projections.missions_v1 TO putokaz_reader;
