-- The staff directory: who stands behind an actor's id. Everything but the id is encrypted.
CREATE TABLE IF NOT EXISTS vault.staff (
    id uuid NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    CONSTRAINT staff_pkey PRIMARY KEY (id)
);

GRANT SELECT, INSERT, UPDATE (key_id, sealed) ON vault.staff TO putokaz_vault;
