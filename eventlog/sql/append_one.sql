-- One decision, with the order lock already held: the core that a single append and a batch share.
-- It answers instead of raising where one decision of a batch may fail without the others.
CREATE OR REPLACE FUNCTION eventlog.append_one(
    p_stream text, p_expected bigint, p_command uuid, p_actor uuid, p_topics text[], p_states bytea[],
    p_refusal jsonb, p_version_seen bigint, p_pathway text, p_release text,
    p_claims uuid[], p_resources uuid[], p_from timestamptz[], p_until timestamptz[], p_released uuid[]
) RETURNS eventlog.answer
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    a eventlog.answer;
    n integer := cardinality(p_topics);
    at_version bigint;
    at_position bigint;
    link bytea;
    recorded timestamptz;
BEGIN
    SELECT 'repeated', o.kind, o.first_version, o.last_version, o.position, o.refusal, o.version_seen,
           o.pathway_sha256, o.release, o.decided_at
      INTO a.status, a.kind, a.first_version, a.last_version, a.position, a.refusal, a.version_seen,
           a.pathway_sha256, a.release, a.decided_at
      FROM eventlog.outcomes AS o WHERE o.stream = p_stream AND o.command_id = p_command;
    IF FOUND THEN
        RETURN a;
    END IF;

    SELECT e.originator_version INTO at_version FROM eventlog.stored_events AS e
     WHERE e.originator_id = p_stream ORDER BY e.originator_version DESC LIMIT 1;
    at_version := coalesce(at_version, 0);
    IF at_version <> p_expected THEN
        a.status := 'conflict';
        a.last_version := at_version;
        RETURN a;
    END IF;

    SELECT e.notification_id, e.chain, e.recorded_at INTO at_position, link, recorded
      FROM eventlog.stored_events AS e ORDER BY e.notification_id DESC LIMIT 1;
    IF NOT FOUND THEN
        at_position := 0;
        link := '\x0000000000000000000000000000000000000000000000000000000000000000';
    END IF;
    recorded := greatest(eventlog.now(), recorded);

    IF cardinality(p_claims) > 0 OR cardinality(p_released) > 0 THEN
        BEGIN
            DELETE FROM eventlog.claims WHERE claim_id = ANY (p_released) AND stream = p_stream;
            INSERT INTO eventlog.claims (claim_id, resource, during, stream)
            SELECT c.claim_id, c.resource, tstzrange(c.since, c.until), p_stream
              FROM unnest(p_claims, p_resources, p_from, p_until) AS c (claim_id, resource, since, until);
        EXCEPTION WHEN exclusion_violation THEN
            a.status := 'busy';
            a.last_version := at_version;
            SELECT c.resource INTO a.resource
              FROM unnest(p_resources, p_from, p_until) AS c (resource, since, until)
              JOIN eventlog.claims AS held
                ON held.resource = c.resource AND held.during && tstzrange(c.since, c.until)
             WHERE held.claim_id <> ALL (p_released) LIMIT 1;
            RETURN a;
        END;
    END IF;

    a.first_version := at_version + least(n, 1);
    a.last_version := at_version + n;
    a.position := at_position + n;
    FOR i IN 1 .. n LOOP
        link := eventlog.link(link, at_position + i, p_stream, at_version + i, p_topics[i], p_command, p_actor,
                              recorded, p_states[i]);
        INSERT INTO eventlog.stored_events (originator_id, originator_version, topic, state, notification_id,
                                            command_id, actor, recorded_at, chain)
        VALUES (p_stream, at_version + i, p_topics[i], p_states[i], at_position + i,
                p_command, p_actor, recorded, link);
    END LOOP;

    a.status := 'new';
    a.kind := CASE WHEN n > 0 THEN 'recorded' WHEN p_refusal IS NOT NULL THEN 'refused' ELSE 'nothing' END;
    a.refusal := p_refusal;
    a.version_seen := p_version_seen;
    a.pathway_sha256 := p_pathway;
    a.release := p_release;
    a.decided_at := recorded;
    INSERT INTO eventlog.outcomes (stream, command_id, kind, actor, first_version, last_version, position, refusal,
                                   version_seen, pathway_sha256, release, decided_at)
    VALUES (p_stream, p_command, a.kind, p_actor, a.first_version, a.last_version, a.position, p_refusal,
            p_version_seen, p_pathway, p_release, recorded);
    IF n > 0 THEN
        -- The channel that the library's subscription listens to; the position saves our followers a question.
        PERFORM pg_notify('stored_events', a.position::text);
    END IF;
    RETURN a;
END
$$;

ALTER FUNCTION eventlog.append_one(text, bigint, uuid, uuid, text[], bytea[], jsonb, bigint, text, text, uuid[], uuid[],
                                   timestamptz[], timestamptz[], uuid[]) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.append_one(text, bigint, uuid, uuid, text[], bytea[], jsonb, bigint, text, text, uuid[],
                                           uuid[], timestamptz[], timestamptz[], uuid[]) FROM PUBLIC;
