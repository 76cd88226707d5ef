-- The log's clock. `recorded_at`, the deciders' now and every sleep length come from here.
-- Not STABLE: an append that waited for the lock must read the time after the wait.
CREATE OR REPLACE FUNCTION eventlog.now() RETURNS timestamptz
LANGUAGE plpgsql VOLATILE PARALLEL RESTRICTED AS $$
DECLARE
    c eventlog.clock;
BEGIN
    SELECT * INTO c FROM eventlog.clock;
    IF NOT FOUND THEN
        RETURN clock_timestamp();
    END IF;
    RETURN c.anchor_log + make_interval(secs => extract(epoch FROM clock_timestamp() - c.anchor_real) * c.scale);
END
$$;

ALTER FUNCTION eventlog.now() OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.now() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.now() TO putokaz_writer, putokaz_projector, putokaz_reader, putokaz_clock;
