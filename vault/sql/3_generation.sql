-- Grows whenever a key is destroyed or wrapped anew: a cache that holds an older number throws everything away.
CREATE TABLE IF NOT EXISTS vault.generation (
    single boolean NOT NULL DEFAULT true CHECK (single),
    value bigint NOT NULL,
    CONSTRAINT generation_pkey PRIMARY KEY (single)
);
INSERT INTO vault.generation (value) VALUES (1) ON CONFLICT DO NOTHING;

GRANT SELECT, UPDATE (value) ON vault.generation TO putokaz_vault;
