-- Who changed what about a member of staff: a chain, written by the functions alone and never written over. What was
-- said before and after (names and addresses are among it) is sealed.
CREATE TABLE IF NOT EXISTS vault.staff_changes (
    position bigint NOT NULL,
    at timestamptz NOT NULL,
    actor uuid NOT NULL,
    staff uuid NOT NULL,
    kind text NOT NULL,
    command_id uuid NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    chain bytea NOT NULL,
    CONSTRAINT staff_changes_pkey PRIMARY KEY (position),
    CONSTRAINT staff_changes_command_key UNIQUE (command_id),
    CONSTRAINT staff_changes_kind_check
        CHECK (kind IN ('added', 'changed', 'settings', 'feed-made', 'feed-revoked'))
);
CREATE INDEX IF NOT EXISTS staff_changes_staff_idx ON vault.staff_changes (staff, position);

-- The chain: sha256 over the link before and every column of the row. `vault.staff_change_chain` does the same in Python.
CREATE OR REPLACE FUNCTION vault.staff_change_link(
    previous bytea, "position" bigint, at timestamptz, actor uuid, staff uuid, kind text, command_id uuid, key_id uuid,
    sealed bytea
) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
    previous || int8send("position") || timestamptz_send(at) || uuid_send(actor) || uuid_send(staff)
    || vault.framed(convert_to(kind, 'UTF8')) || uuid_send(command_id) || uuid_send(key_id) || vault.framed(sealed)
);

-- Whether a line was written: not for a command that has one already. Runs as the owner; the vault's role has no right
-- to write to the table.
CREATE OR REPLACE FUNCTION vault.log_staff_change(
    p_actor uuid, p_staff uuid, p_kind text, p_command_id uuid, p_key_id uuid, p_sealed bytea
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    last_position bigint;
    last_at timestamptz;
    link bytea;
    logged_at timestamptz;
BEGIN
    -- Keys: 'VAUL', 'STAF'. Held to the end, so that whoever changes a record as well is alone with it.
    PERFORM pg_advisory_xact_lock(1447122252, 1398030662);
    IF EXISTS (SELECT FROM vault.staff_changes AS s WHERE s.command_id = p_command_id) THEN
        RETURN false;
    END IF;
    SELECT s.position, s.at, s.chain INTO last_position, last_at, link
      FROM vault.staff_changes AS s ORDER BY s.position DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        link := '\x0000000000000000000000000000000000000000000000000000000000000000';
    END IF;
    logged_at := greatest(clock_timestamp(), last_at);
    link := vault.staff_change_link(link, last_position + 1, logged_at, p_actor, p_staff, p_kind, p_command_id,
                                    p_key_id, p_sealed);
    INSERT INTO vault.staff_changes (position, at, actor, staff, kind, command_id, key_id, sealed, chain)
    VALUES (last_position + 1, logged_at, p_actor, p_staff, p_kind, p_command_id, p_key_id, p_sealed, link);
    RETURN true;
END
$$;

REVOKE ALL ON FUNCTION vault.log_staff_change(uuid, uuid, text, uuid, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.log_staff_change(uuid, uuid, text, uuid, uuid, bytea) TO putokaz_vault;
GRANT SELECT ON vault.staff_changes TO putokaz_vault;
