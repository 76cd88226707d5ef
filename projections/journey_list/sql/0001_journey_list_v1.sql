-- One row a journey. Codes only: titles come from the pathway, names from the vault.
CREATE TABLE projections.journey_list_v1 (
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
    CONSTRAINT journey_list_v1_pkey PRIMARY KEY (journey)
) WITH (fillfactor = 80);

CREATE INDEX journey_list_v1_all_idx ON projections.journey_list_v1 (opened_at DESC, journey DESC);
CREATE INDEX journey_list_v1_phase_idx ON projections.journey_list_v1 (phase, opened_at DESC, journey DESC);
CREATE INDEX journey_list_v1_caseworker_idx ON projections.journey_list_v1 (caseworker, opened_at DESC, journey DESC);
CREATE INDEX journey_list_v1_stalled_idx ON projections.journey_list_v1 (opened_at DESC, journey DESC)
    WHERE stalled IS NOT NULL;
CREATE INDEX journey_list_v1_code_idx ON projections.journey_list_v1 (code);
CREATE INDEX journey_list_v1_stages_idx ON projections.journey_list_v1 USING gin (stages);

ALTER TABLE projections.journey_list_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.journey_list_v1 TO putokaz_projector;
GRANT SELECT ON projections.journey_list_v1 TO putokaz_reader;
