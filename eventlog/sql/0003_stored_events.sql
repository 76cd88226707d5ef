-- The first five columns are those of `eventsourcing`: its readers work on this table. The rest is ours.
CREATE TABLE eventlog.stored_events (
    originator_id text NOT NULL CHECK (length(originator_id) BETWEEN 1 AND 200),
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,                -- '<topic>@<schema version>'
    state bytea NOT NULL,
    notification_id bigint NOT NULL,    -- contiguous from 1, given under the append lock: no sequence, so no gap
    command_id uuid NOT NULL,
    actor uuid NOT NULL,
    recorded_at timestamptz NOT NULL,   -- the log's own clock; never runs backwards
    chain bytea NOT NULL,               -- see link.sql
    CONSTRAINT stored_events_pkey PRIMARY KEY (originator_id, originator_version)
);
CREATE UNIQUE INDEX stored_events_notification_id_idx ON eventlog.stored_events (notification_id);

ALTER TABLE eventlog.stored_events OWNER TO putokaz_owner;
GRANT SELECT ON eventlog.stored_events TO putokaz_writer, putokaz_projector, putokaz_reader;
