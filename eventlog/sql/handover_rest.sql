-- How many seconds a letter has to rest: after a hand-over whose reply never came, a minute, then twice as long each
-- time, a day at most, or a server that delivers and never says so would deliver every few minutes. No longer than a
-- quarter of the time left until `p_due_at`, or a server that was mended long before would get it after its date. NULL as
-- the answer: it may go.
CREATE OR REPLACE FUNCTION eventlog.handover_rest(h eventlog.handovers, p_due_at timestamptz) RETURNS float8
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rest interval;
    ahead interval;
BEGIN
    IF h.doubt IS NULL OR h.doubt NOT IN ('reply-lost', 'reply-late') THEN
        RETURN NULL;
    END IF;
    rest := least(interval '1 minute' * 2 ^ least(h.times, 11), interval '1 day');
    ahead := p_due_at - eventlog.now();
    IF ahead > interval '0' THEN
        rest := least(rest, greatest(ahead / 4, interval '1 minute'));
    END IF;
    rest := h.began_at + rest - clock_timestamp();
    RETURN CASE WHEN rest > interval '0' THEN extract(epoch FROM rest)::float8 END;
END
$$;

ALTER FUNCTION eventlog.handover_rest(eventlog.handovers, timestamptz) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_rest(eventlog.handovers, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_rest(eventlog.handovers, timestamptz) TO putokaz_writer;
