-- Marks that DATA is about to begin, and says whether an earlier copy may have gone out: why, or NULL. A mark without a
-- receipt and without a word is a worker that died; or the database was away for the receipt, where it began anew since.
CREATE OR REPLACE FUNCTION eventlog.handover_begin(p_message uuid, p_recipient uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    h eventlog.handovers;
    cause text;
BEGIN
    SELECT * INTO h FROM eventlog.handovers WHERE message = p_message AND recipient = p_recipient FOR UPDATE;
    IF h.began_at IS NOT NULL THEN
        cause := coalesce(h.doubt, CASE WHEN pg_postmaster_start_time() > h.began_at THEN 'database-away'
                                        ELSE 'worker-died' END);
        INSERT INTO eventlog.doubles AS d (cause, letters) VALUES (cause, 1)
        ON CONFLICT ON CONSTRAINT doubles_pkey DO UPDATE SET letters = d.letters + 1;
    END IF;
    UPDATE eventlog.handovers
       SET began_at = clock_timestamp(), doubt = NULL, doubted = coalesce(cause, doubted),
           times = times + CASE WHEN cause IS NULL THEN 0 ELSE 1 END
     WHERE message = p_message AND recipient = p_recipient;
    RETURN coalesce(cause, h.doubted);
END
$$;

ALTER FUNCTION eventlog.handover_begin(uuid, uuid) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_begin(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_begin(uuid, uuid) TO putokaz_writer;
