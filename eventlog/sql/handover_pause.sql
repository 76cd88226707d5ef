-- The attempt is over without a receipt. `p_doubt`: why nobody knows what became of it; NULL: it certainly was not
-- taken. Later letters of the recipient no longer wait for it.
CREATE OR REPLACE FUNCTION eventlog.handover_pause(p_message uuid, p_recipient uuid, p_doubt text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
    UPDATE eventlog.handovers
       SET aside = true, doubt = p_doubt, began_at = CASE WHEN p_doubt IS NULL THEN NULL ELSE began_at END
     WHERE message = p_message AND recipient = p_recipient
$$;

ALTER FUNCTION eventlog.handover_pause(uuid, uuid, text) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_pause(uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_pause(uuid, uuid, text) TO putokaz_writer;
