-- Demonstration and tests only. NULL as time gives the log back to real time.
CREATE OR REPLACE FUNCTION eventlog.set_clock(log_now timestamptz, log_seconds_per_second double precision)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    last timestamptz;
BEGIN
    PERFORM eventlog.take_order_lock();
    SELECT recorded_at INTO last FROM eventlog.stored_events ORDER BY notification_id DESC LIMIT 1;
    IF coalesce(log_now, clock_timestamp()) < last THEN
        RAISE EXCEPTION 'the clock cannot go back: the log already holds events of %', last USING ERRCODE = 'PK002';
    END IF;
    DELETE FROM eventlog.clock;
    IF log_now IS NOT NULL THEN
        INSERT INTO eventlog.clock (anchor_real, anchor_log, scale)
        VALUES (clock_timestamp(), log_now, log_seconds_per_second);
    END IF;
END
$$;

ALTER FUNCTION eventlog.set_clock(timestamptz, double precision) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.set_clock(timestamptz, double precision) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.set_clock(timestamptz, double precision) TO putokaz_clock;
