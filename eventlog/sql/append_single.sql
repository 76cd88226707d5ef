-- The only way to write an event: one decision, one round trip. Runs as the owner; callers have no right on any table.
CREATE OR REPLACE FUNCTION eventlog.append(
    p_stream text, p_expected bigint, p_command uuid, p_actor uuid, p_topics text[], p_states bytea[],
    p_refusal jsonb, p_version_seen bigint, p_pathway text, p_release text,
    p_claims uuid[], p_resources uuid[], p_from timestamptz[], p_until timestamptz[], p_released uuid[]
) RETURNS eventlog.answer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
BEGIN
    PERFORM eventlog.take_order_lock();
    RETURN eventlog.append_one(p_stream, p_expected, p_command, p_actor, p_topics, p_states, p_refusal, p_version_seen,
                               p_pathway, p_release, p_claims, p_resources, p_from, p_until, p_released);
END
$$;

ALTER FUNCTION eventlog.append(text, bigint, uuid, uuid, text[], bytea[], jsonb, bigint, text, text, uuid[], uuid[],
                               timestamptz[], timestamptz[], uuid[]) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.append(text, bigint, uuid, uuid, text[], bytea[], jsonb, bigint, text, text, uuid[],
                                       uuid[], timestamptz[], timestamptz[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.append(text, bigint, uuid, uuid, text[], bytea[], jsonb, bigint, text, text, uuid[],
                                          uuid[], timestamptz[], timestamptz[], uuid[]) TO putokaz_writer;
