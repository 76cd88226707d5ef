-- How many seconds a letter has to rest: after a hand-over whose reply never came, a minute, then twice as long each
-- time, a day at most, or a server that delivers and never says so would deliver every few minutes. NULL: it may go.
CREATE OR REPLACE FUNCTION eventlog.handover_rest(h eventlog.handovers) RETURNS float8
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rest interval;
BEGIN
    IF h.doubt IS NULL OR h.doubt NOT IN ('reply-lost', 'reply-late') THEN
        RETURN NULL;
    END IF;
    rest := h.began_at + least(interval '1 minute' * 2 ^ least(h.times, 11), interval '1 day') - clock_timestamp();
    RETURN CASE WHEN rest > interval '0' THEN extract(epoch FROM rest)::float8 END;
END
$$;

ALTER FUNCTION eventlog.handover_rest(eventlog.handovers) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_rest(eventlog.handovers) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_rest(eventlog.handovers) TO putokaz_writer;
