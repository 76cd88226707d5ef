-- The sign-in record: who signed in when and by what, what was refused, what changed about how somebody signs in. A chain,
-- written by the function alone and never written over. Neither names nor addresses: a device is one of four words.
CREATE TABLE IF NOT EXISTS vault.sign_ins (
    position bigint NOT NULL,
    at timestamptz NOT NULL,
    staff uuid NOT NULL,
    actor uuid NOT NULL, -- who did it; the system: the clock, or whoever runs the command line
    act text NOT NULL,
    proof text,
    device text,
    session uuid,
    chain bytea NOT NULL,
    CONSTRAINT sign_ins_pkey PRIMARY KEY (position),
    CONSTRAINT sign_ins_act_check CHECK (act IN (
        'signed-in', 'code-refused', 'paused', 'recovery-code-used', 'session-ended', 'others-ended', 'all-ended',
        'invited', 'link-used', 'password-set', 'telephone-set', 'codes-issued', 'passkey-added', 'passkey-removed',
        'account-removed'
    )),
    CONSTRAINT sign_ins_proof_check CHECK (proof IN ('passkey', 'code', 'recovery-code')),
    CONSTRAINT sign_ins_device_check CHECK (device IN ('phone', 'tablet', 'computer', 'shared-computer'))
);
CREATE INDEX IF NOT EXISTS sign_ins_staff_idx ON vault.sign_ins (staff, position);

-- What the person is told by letter: written with its line, so that no change goes untold because mail was away.
CREATE TABLE IF NOT EXISTS vault.sign_in_letters (
    position bigint NOT NULL REFERENCES vault.sign_ins (position),
    staff uuid NOT NULL,
    at timestamptz NOT NULL,
    tried_at timestamptz,
    told_at timestamptz,
    CONSTRAINT sign_in_letters_pkey PRIMARY KEY (position)
);
CREATE INDEX IF NOT EXISTS sign_in_letters_owed ON vault.sign_in_letters (position) WHERE told_at IS NULL;

-- The chain: sha256 over the link before and every column of the row. `vault.sign_in_chain` does the same in Python.
CREATE OR REPLACE FUNCTION vault.sign_in_link(
    previous bytea, "position" bigint, at timestamptz, staff uuid, actor uuid, act text, proof text, device text,
    session uuid
) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
    previous || int8send("position") || timestamptz_send(at) || uuid_send(staff) || uuid_send(actor)
    || vault.framed(convert_to(act, 'UTF8')) || vault.framed(convert_to(proof, 'UTF8'))
    || vault.framed(convert_to(device, 'UTF8')) || vault.framed(uuid_send(session))
);

-- Runs as the owner; the vault's role has no right to write to the table. A pause is written once an hour: whoever knocks
-- on and on is not to fill the record.
CREATE OR REPLACE FUNCTION vault.log_sign_in(
    p_staff uuid, p_actor uuid, p_act text, p_proof text, p_device text, p_session uuid, p_tell boolean
) RETURNS bigint
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
    -- Keys: 'VAUL', 'SIGN'.
    PERFORM pg_advisory_xact_lock(1447122252, 1397311310);
    IF p_act = 'paused' AND EXISTS (
        SELECT FROM vault.sign_ins AS s
         WHERE s.staff = p_staff AND s.act = p_act AND s.at > clock_timestamp() - interval '1 hour'
    ) THEN
        RETURN NULL;
    END IF;
    SELECT s.position, s.at, s.chain INTO last_position, last_at, link
      FROM vault.sign_ins AS s ORDER BY s.position DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        link := '\x0000000000000000000000000000000000000000000000000000000000000000';
    END IF;
    logged_at := greatest(clock_timestamp(), last_at);
    link := vault.sign_in_link(link, last_position + 1, logged_at, p_staff, p_actor, p_act, p_proof, p_device, p_session);
    INSERT INTO vault.sign_ins (position, at, staff, actor, act, proof, device, session, chain)
    VALUES (last_position + 1, logged_at, p_staff, p_actor, p_act, p_proof, p_device, p_session, link);
    IF p_tell THEN
        INSERT INTO vault.sign_in_letters (position, staff, at) VALUES (last_position + 1, p_staff, logged_at);
    END IF;
    RETURN last_position + 1;
END
$$;

REVOKE ALL ON FUNCTION vault.log_sign_in(uuid, uuid, text, text, text, uuid, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.log_sign_in(uuid, uuid, text, text, text, uuid, boolean) TO putokaz_vault;
GRANT SELECT ON vault.sign_ins TO putokaz_vault;
GRANT SELECT, UPDATE (tried_at, told_at) ON vault.sign_in_letters TO putokaz_vault;
