-- What somebody is typing into a form, until it is sent, discarded or 72 hours old; one for each person and form. A row
-- without a text is a draft that has ended: what a slow network brings of it afterwards is not kept (`put_draft.sql`).
CREATE TABLE IF NOT EXISTS vault.drafts (
    staff uuid NOT NULL REFERENCES vault.staff (id) ON DELETE CASCADE,
    form text NOT NULL,
    command_id uuid NOT NULL,
    key_id uuid REFERENCES vault.data_keys (key_id),
    sealed bytea,
    saved_at timestamptz NOT NULL,
    CONSTRAINT drafts_pkey PRIMARY KEY (staff, form),
    CONSTRAINT drafts_sealed_check CHECK ((key_id IS NULL) = (sealed IS NULL))
);
CREATE INDEX IF NOT EXISTS drafts_saved ON vault.drafts (saved_at);

GRANT SELECT, INSERT, UPDATE (command_id, key_id, sealed, saved_at), DELETE ON vault.drafts TO putokaz_vault;
