-- Takes a letter into its recipient's line, to go at `p_send_at` of the log's clock (NULL: at once), in a digest where
-- `p_collected`. How many seconds it has to rest (`handover_rest`), what it is about being due at `p_due_at`; NULL: it
-- need not. One that comes to its digest late, as after an outage, leaves the others a moment to come too.
CREATE OR REPLACE FUNCTION eventlog.handover_enter(
    p_message uuid, p_recipient uuid, p_stream text, p_version bigint, p_position bigint, p_send_at timestamptz,
    p_collected boolean, p_due_at timestamptz
) RETURNS float8
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET lock_timeout = '2s'
AS $$
DECLARE
    h eventlog.handovers;
    is_new boolean;
BEGIN
    INSERT INTO eventlog.handovers AS w (message, recipient, stream, version, "position", send_at, collected)
    VALUES (p_message, p_recipient, p_stream, p_version, p_position, p_send_at, p_collected)
    ON CONFLICT (message, recipient) DO UPDATE SET send_at = excluded.send_at, collected = excluded.collected
     WHERE w.send_at IS DISTINCT FROM excluded.send_at OR w.collected <> excluded.collected
    RETURNING xmax = 0 INTO is_new;
    SELECT * INTO h FROM eventlog.handovers WHERE message = p_message AND recipient = p_recipient;
    RETURN CASE WHEN p_collected AND is_new THEN 3 ELSE eventlog.handover_rest(h, p_due_at) END;
END
$$;

ALTER FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint, timestamptz, boolean, timestamptz) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint, timestamptz, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.handover_enter(uuid, uuid, text, bigint, bigint, timestamptz, boolean, timestamptz)
TO putokaz_writer;
