-- One row a journey with everything but its steps, which grow: those have rows of their own, so that an event of one
-- step writes one of them. The timeline is not copied: it is read from the log, up to `version`.
CREATE TABLE projections.journey_file_v1 (
    journey uuid NOT NULL,
    version bigint NOT NULL,
    "position" bigint NOT NULL,         -- of the journey's last event
    document jsonb NOT NULL,
    CONSTRAINT journey_file_v1_pkey PRIMARY KEY (journey)
) WITH (fillfactor = 80);

CREATE TABLE projections.journey_file_step_v1 (
    journey uuid NOT NULL,
    part text NOT NULL,
    version bigint NOT NULL,
    step text NOT NULL,
    occurrence integer NOT NULL,
    stage text NOT NULL,
    role text NOT NULL,
    owner_role text NOT NULL,
    owner_staff uuid,
    status text NOT NULL,
    outcome text,
    opened_at timestamptz NOT NULL,
    settled_at timestamptz,
    due_at timestamptz NOT NULL,
    due_on date NOT NULL,
    article text,
    appointment timestamptz,
    waits_on text NOT NULL,
    stalled text,
    stalled_since timestamptz,
    advanced_version bigint,
    missed integer NOT NULL,
    limit_count integer NOT NULL,
    limit_unit text NOT NULL,
    CONSTRAINT journey_file_step_v1_pkey PRIMARY KEY (journey, part)
) WITH (fillfactor = 80);

ALTER TABLE projections.journey_file_v1 OWNER TO putokaz_owner;
ALTER TABLE projections.journey_file_step_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.journey_file_v1, projections.journey_file_step_v1
    TO putokaz_projector;
GRANT SELECT ON projections.journey_file_v1, projections.journey_file_step_v1 TO putokaz_reader;
