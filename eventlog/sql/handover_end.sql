-- The letter is settled, for one recipient or (NULL) for all: its receipt stands in the log.
CREATE OR REPLACE FUNCTION eventlog.handover_end(p_message uuid, p_recipient uuid) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
    DELETE FROM eventlog.handovers WHERE message = p_message AND (p_recipient IS NULL OR recipient = p_recipient)
$$;

ALTER FUNCTION eventlog.handover_end(uuid, uuid) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_end(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_end(uuid, uuid) TO putokaz_writer;
