-- Takes a letter into its recipient's line. How many seconds it has to rest: after a hand-over whose reply never came,
-- a minute, then twice as long each time, a day at most, or a server that delivers and never says so would deliver
-- every few minutes. NULL: it may go.
CREATE OR REPLACE FUNCTION eventlog.handover_enter(
    p_message uuid, p_recipient uuid, p_stream text, p_version bigint, p_position bigint
) RETURNS float8
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    h eventlog.handovers;
    rest interval;
BEGIN
    INSERT INTO eventlog.handovers (message, recipient, stream, version, "position")
    VALUES (p_message, p_recipient, p_stream, p_version, p_position)
    ON CONFLICT (message, recipient) DO NOTHING;
    SELECT * INTO h FROM eventlog.handovers WHERE message = p_message AND recipient = p_recipient;
    IF h.doubt IS NULL OR h.doubt NOT IN ('reply-lost', 'reply-late') THEN
        RETURN NULL;
    END IF;
    rest := h.began_at + least(interval '1 minute' * 2 ^ least(h.times, 11), interval '1 day') - clock_timestamp();
    RETURN CASE WHEN rest > interval '0' THEN extract(epoch FROM rest)::float8 END;
END
$$;

ALTER FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint) TO putokaz_writer;
