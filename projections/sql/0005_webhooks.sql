-- What partner systems were told, and are still to be told. Who they are, the vault knows. A subscription without a row in
-- webhook_endpoints is not at work: after a restore nobody is told anything until somebody says so.
CREATE TABLE projections.webhook_endpoints (
    subscription uuid NOT NULL,
    planned_to bigint NOT NULL CHECK (planned_to >= 0),     -- events up to this position stand among the deliveries
    failures integer NOT NULL DEFAULT 0,                    -- in a row
    failing_since timestamptz,
    next_at timestamptz,                                    -- nothing is sent before
    last_success_at timestamptz,
    halted_at timestamptz,
    halted_for text CHECK (halted_for IN ('asked', 'failing', 'gone')),
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (subscription),
    CONSTRAINT webhook_endpoints_halted_check CHECK ((halted_at IS NULL) = (halted_for IS NULL))
);

CREATE TABLE projections.webhook_deliveries (
    subscription uuid NOT NULL,
    "position" bigint NOT NULL,
    message uuid NOT NULL,                                  -- webhook-id, derived from the two above
    stream text NOT NULL,
    word text NOT NULL,
    recorded_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    first_tried_at timestamptz,
    tried_at timestamptz,
    next_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    status integer,                                         -- the last answer's
    failure text,                                           -- a code: activities.webhooks.posting.Failure
    settled_at timestamptz,
    outcome text CHECK (outcome IN ('delivered', 'given-up')),
    CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (subscription, "position"),
    CONSTRAINT webhook_deliveries_endpoint_fkey FOREIGN KEY (subscription)
        REFERENCES projections.webhook_endpoints ON DELETE CASCADE,
    CONSTRAINT webhook_deliveries_settled_check CHECK ((settled_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX webhook_deliveries_waiting ON projections.webhook_deliveries (subscription, stream, "position")
    WHERE settled_at IS NULL;
CREATE INDEX webhook_deliveries_settled ON projections.webhook_deliveries (settled_at) WHERE settled_at IS NOT NULL;

ALTER TABLE projections.webhook_endpoints OWNER TO putokaz_owner;
ALTER TABLE projections.webhook_deliveries OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.webhook_endpoints, projections.webhook_deliveries TO putokaz_projector;
GRANT SELECT ON projections.webhook_endpoints, projections.webhook_deliveries TO putokaz_reader;
