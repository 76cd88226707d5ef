-- Many decisions in one round trip, under one order lock and one commit; each is answered for itself, in their order.
-- Columns of the decisions stand side by side. What a decision has several of stands in one row for all decisions,
-- with the number of each beside it: `p_events` says how many of `p_topics` and `p_states` belong to which decision.
CREATE OR REPLACE FUNCTION eventlog.append_batch(
    p_streams text[], p_expected bigint[], p_commands uuid[], p_actors uuid[],
    p_refusals jsonb[], p_versions_seen bigint[], p_pathways text[], p_releases text[],
    p_events bigint[], p_topics text[], p_states bytea[],
    p_promised bigint[], p_claims uuid[], p_resources uuid[], p_from timestamptz[], p_until timestamptz[],
    p_freed bigint[], p_released uuid[]
) RETURNS SETOF eventlog.answer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    d record;
    e bigint := 0;      -- events, claims and releases of the decisions before this one
    c bigint := 0;
    r bigint := 0;
BEGIN
    PERFORM eventlog.take_order_lock();
    FOR d IN
        SELECT * FROM unnest(p_streams, p_expected, p_commands, p_actors, p_refusals, p_versions_seen, p_pathways,
                             p_releases, p_events, p_promised, p_freed)
            AS t (stream, expected, command, actor, refusal, version_seen, pathway, release, events, promised, freed)
    LOOP
        RETURN NEXT eventlog.append_one(
            d.stream, d.expected, d.command, d.actor, p_topics[e + 1 : e + d.events], p_states[e + 1 : e + d.events],
            d.refusal, d.version_seen, d.pathway, d.release, p_claims[c + 1 : c + d.promised],
            p_resources[c + 1 : c + d.promised], p_from[c + 1 : c + d.promised], p_until[c + 1 : c + d.promised],
            p_released[r + 1 : r + d.freed]);
        e := e + d.events;
        c := c + d.promised;
        r := r + d.freed;
    END LOOP;
END
$$;

ALTER FUNCTION eventlog.append_batch(text[], bigint[], uuid[], uuid[], jsonb[], bigint[], text[], text[], bigint[],
                                     text[], bytea[], bigint[], uuid[], uuid[], timestamptz[], timestamptz[], bigint[],
                                     uuid[]) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.append_batch(text[], bigint[], uuid[], uuid[], jsonb[], bigint[], text[], text[],
                                             bigint[], text[], bytea[], bigint[], uuid[], uuid[], timestamptz[],
                                             timestamptz[], bigint[], uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.append_batch(text[], bigint[], uuid[], uuid[], jsonb[], bigint[], text[], text[],
                                                bigint[], text[], bytea[], bigint[], uuid[], uuid[], timestamptz[],
                                                timestamptz[], bigint[], uuid[]) TO putokaz_writer;
