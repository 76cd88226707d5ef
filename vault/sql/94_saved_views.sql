-- Views of lists that people keep: what is filtered, under a name. Both are in the record, since a name is free text.
CREATE TABLE IF NOT EXISTS vault.saved_views (
    id uuid NOT NULL,
    owner uuid REFERENCES vault.staff (id) ON DELETE CASCADE,  -- NULL: everybody's
    version integer NOT NULL DEFAULT 1,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT saved_views_pkey PRIMARY KEY (id)
);
CREATE INDEX IF NOT EXISTS saved_views_owner_idx ON vault.saved_views (owner);

CREATE TABLE IF NOT EXISTS vault.default_views (
    staff uuid NOT NULL REFERENCES vault.staff (id) ON DELETE CASCADE,
    view uuid NOT NULL REFERENCES vault.saved_views (id) ON DELETE CASCADE,
    CONSTRAINT default_views_pkey PRIMARY KEY (staff)
);
CREATE INDEX IF NOT EXISTS default_views_view_idx ON vault.default_views (view);

GRANT SELECT, INSERT, UPDATE (owner, version, key_id, sealed, changed_at), DELETE ON vault.saved_views TO putokaz_vault;
GRANT SELECT, INSERT, UPDATE (view), DELETE ON vault.default_views TO putokaz_vault;
