-- One living key for each compartment of a stream. A destroyed one leaves its row, so that "erased" differs from "unknown".
CREATE TABLE IF NOT EXISTS vault.data_keys (
    key_id uuid NOT NULL,
    stream text NOT NULL,
    compartment text NOT NULL,
    kek_id bytea NOT NULL,
    wrapped bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CONSTRAINT data_keys_pkey PRIMARY KEY (key_id),
    CONSTRAINT data_keys_destroyed_check CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE UNIQUE INDEX IF NOT EXISTS data_keys_living ON vault.data_keys (stream, compartment) WHERE destroyed_at IS NULL;

GRANT SELECT, INSERT, UPDATE (kek_id, wrapped, destroyed_at) ON vault.data_keys TO putokaz_vault;
