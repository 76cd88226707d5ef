-- Partner systems that are told of events. Name, address, words, secrets and the key of their names are in the record.
CREATE TABLE IF NOT EXISTS vault.webhooks (
    id uuid NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT webhooks_pkey PRIMARY KEY (id)
);

GRANT SELECT, INSERT, UPDATE (key_id, sealed), DELETE ON vault.webhooks TO putokaz_vault;
