-- One appender at a time, so that commit order is position order and a reader that tails the log passes no gap.
-- An advisory lock, since a table lock would stand in the way of VACUUM. Keys: 'PUTO', 'KAZ1'.
CREATE OR REPLACE FUNCTION eventlog.take_order_lock() RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    -- Under a snapshot we would not see what was committed while we waited for the lock.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'appends run under READ COMMITTED only, not under %', current_setting('transaction_isolation')
            USING ERRCODE = 'PK001';
    END IF;
    PERFORM pg_advisory_xact_lock(1347769423, 1262571057);
END
$$;

ALTER FUNCTION eventlog.take_order_lock() OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.take_order_lock() FROM PUBLIC;
