-- Who stands behind a journey: one sealed body each, under the journey's key of the compartment `identity`. A correction
-- writes over it. `change` numbers all writes in the order in which they become visible: whoever holds folded names in
-- memory asks for what is newer.
CREATE TABLE IF NOT EXISTS vault.identities (
    journey uuid NOT NULL,
    version bigint NOT NULL,
    key_id uuid NOT NULL REFERENCES vault.data_keys (key_id),
    sealed bytea NOT NULL,
    change bigint NOT NULL,
    CONSTRAINT identities_pkey PRIMARY KEY (journey),
    CONSTRAINT identities_change_key UNIQUE (change),
    CONSTRAINT identities_version_check CHECK (version > 0)
);

-- That an identity was written and corrected, when and by whom; nothing of what it said.
CREATE TABLE IF NOT EXISTS vault.identity_versions (
    journey uuid NOT NULL,
    version bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor uuid NOT NULL,
    CONSTRAINT identity_versions_pkey PRIMARY KEY (journey, version)
);

GRANT SELECT, INSERT, UPDATE (version, key_id, sealed, change) ON vault.identities TO putokaz_vault;
GRANT SELECT, INSERT ON vault.identity_versions TO putokaz_vault;

-- Whether it was written: not where somebody else was first, or the key was destroyed meanwhile.
CREATE OR REPLACE FUNCTION vault.put_identity(
    p_journey uuid, p_seen bigint, p_key_id uuid, p_sealed bytea, p_actor uuid
) RETURNS boolean
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    next_change bigint;
BEGIN
    -- Keys: 'VAUL', 'IDEN'. One after the other, or a number could become visible after a higher one.
    PERFORM pg_advisory_xact_lock(1447122252, 1229210958);
    -- Held, so that nothing is sealed under a key that is being destroyed.
    PERFORM 1 FROM vault.data_keys AS k WHERE k.key_id = p_key_id AND k.destroyed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    SELECT coalesce(max(i.change), 0) + 1 INTO next_change FROM vault.identities AS i;
    IF p_seen = 0 THEN
        INSERT INTO vault.identities (journey, version, key_id, sealed, change)
        VALUES (p_journey, 1, p_key_id, p_sealed, next_change)
        ON CONFLICT (journey) DO NOTHING;
    ELSE
        UPDATE vault.identities AS i
           SET version = p_seen + 1, key_id = p_key_id, sealed = p_sealed, change = next_change
         WHERE i.journey = p_journey AND i.version = p_seen;
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO vault.identity_versions (journey, version, actor) VALUES (p_journey, p_seen + 1, p_actor);
    RETURN true;
END
$$;

-- Who was shown what of whom, and what was searched for: a chain, written by the function alone. Of a search stand the
-- keyed hash of what was typed and the journeys that were shown; of a reveal its fields, its purpose, and words of the
-- person who asked, sealed under the journey's key.
CREATE TABLE IF NOT EXISTS vault.accesses (
    position bigint NOT NULL,
    at timestamptz NOT NULL,
    actor uuid NOT NULL,
    kind text NOT NULL,
    journeys uuid[] NOT NULL,
    fields text[] NOT NULL,
    purpose text,
    query bytea,
    key_id uuid REFERENCES vault.data_keys (key_id),
    sealed bytea,
    chain bytea NOT NULL,
    CONSTRAINT accesses_pkey PRIMARY KEY (position),
    CONSTRAINT accesses_kind_check CHECK (kind IN ('reveal', 'search', 'candidates', 'document')),
    CONSTRAINT accesses_reveal_check CHECK ((kind IN ('reveal', 'document')) = (purpose IS NOT NULL)),
    CONSTRAINT accesses_query_check CHECK ((kind IN ('reveal', 'document')) = (query IS NULL)),
    CONSTRAINT accesses_sealed_check CHECK ((key_id IS NULL) = (sealed IS NULL))
);
CREATE INDEX IF NOT EXISTS accesses_journeys ON vault.accesses USING gin (journeys);
CREATE INDEX IF NOT EXISTS accesses_actor ON vault.accesses (actor, at);
-- For who had very many reveals of late, whoever it was.
CREATE INDEX IF NOT EXISTS accesses_at ON vault.accesses (at) WHERE kind = 'reveal';

-- A column as it enters the chain: with its length, or -1 where there is nothing.
CREATE OR REPLACE FUNCTION vault.framed(content bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(int4send(octet_length(content)) || content, int4send(-1));

-- The chain: sha256 over the link before and every column of the row, so that no two rows give the same bytes.
-- `vault.access_chain` does the same in Python.
CREATE OR REPLACE FUNCTION vault.access_link(
    previous bytea, "position" bigint, at timestamptz, actor uuid, kind text, journeys uuid[], fields text[],
    purpose text, query bytea, key_id uuid, sealed bytea
) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN sha256(
    previous || int8send("position") || timestamptz_send(at) || uuid_send(actor)
    || vault.framed(convert_to(kind, 'UTF8'))
    || int4send(cardinality(journeys))
    || (SELECT coalesce(string_agg(uuid_send(j.id), ''::bytea ORDER BY j.n), ''::bytea)
          FROM unnest(journeys) WITH ORDINALITY AS j (id, n))
    || int4send(cardinality(fields))
    || (SELECT coalesce(string_agg(vault.framed(convert_to(f.name, 'UTF8')), ''::bytea ORDER BY f.n), ''::bytea)
          FROM unnest(fields) WITH ORDINALITY AS f (name, n))
    || vault.framed(convert_to(purpose, 'UTF8')) || vault.framed(query)
    || vault.framed(uuid_send(key_id)) || vault.framed(sealed)
);

-- Runs as the owner; the vault's role has no right to write to the table.
CREATE OR REPLACE FUNCTION vault.log_access(
    p_actor uuid, p_kind text, p_journeys uuid[], p_fields text[], p_purpose text, p_query bytea, p_key_id uuid,
    p_sealed bytea
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
    -- Keys: 'VAUL', 'ACCE'.
    PERFORM pg_advisory_xact_lock(1447122252, 1094927173);
    SELECT a.position, a.at, a.chain INTO last_position, last_at, link
      FROM vault.accesses AS a ORDER BY a.position DESC LIMIT 1;
    IF NOT FOUND THEN
        last_position := 0;
        link := '\x0000000000000000000000000000000000000000000000000000000000000000';
    END IF;
    logged_at := greatest(clock_timestamp(), last_at);
    link := vault.access_link(link, last_position + 1, logged_at, p_actor, p_kind, p_journeys, p_fields, p_purpose,
                              p_query, p_key_id, p_sealed);
    INSERT INTO vault.accesses (position, at, actor, kind, journeys, fields, purpose, query, key_id, sealed, chain)
    VALUES (last_position + 1, logged_at, p_actor, p_kind, p_journeys, p_fields, p_purpose, p_query, p_key_id, p_sealed,
            link);
    RETURN last_position + 1;
END
$$;

REVOKE ALL ON FUNCTION vault.put_identity(uuid, bigint, uuid, bytea, uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION vault.log_access(uuid, text, uuid[], text[], text, bytea, uuid, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.put_identity(uuid, bigint, uuid, bytea, uuid) TO putokaz_vault;
GRANT EXECUTE ON FUNCTION vault.log_access(uuid, text, uuid[], text[], text, bytea, uuid, bytea) TO putokaz_vault;
GRANT SELECT ON vault.accesses TO putokaz_vault;
