-- The chain: sha256 over the link before and every column of the row. Texts and bodies carry their length, numbers,
-- ids and times have a fixed one, so that no two rows give the same bytes. `eventlog.chain` does the same in Python.
CREATE OR REPLACE FUNCTION eventlog.link(
    previous bytea, "position" bigint, stream text, version bigint, topic text,
    command_id uuid, actor uuid, recorded_at timestamptz, state bytea
) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN sha256(
    previous || int8send("position")
    || int4send(octet_length(stream)) || convert_to(stream, 'UTF8') || int8send(version)
    || int4send(octet_length(topic)) || convert_to(topic, 'UTF8')
    || uuid_send(command_id) || uuid_send(actor) || timestamptz_send(recorded_at)
    || int4send(octet_length(state)) || state
);

ALTER FUNCTION eventlog.link(bytea, bigint, text, bigint, text, uuid, uuid, timestamptz, bytea) OWNER TO putokaz_owner;
REVOKE ALL ON FUNCTION eventlog.link(bytea, bigint, text, bigint, text, uuid, uuid, timestamptz, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION eventlog.link(bytea, bigint, text, bigint, text, uuid, uuid, timestamptz, bytea)
    TO putokaz_writer, putokaz_projector, putokaz_reader;
