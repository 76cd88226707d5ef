-- Empty in production: the log then runs on real time. A row makes a demonstration clock.
CREATE TABLE eventlog.clock (
    single boolean NOT NULL DEFAULT true CHECK (single),
    anchor_real timestamptz NOT NULL,
    anchor_log timestamptz NOT NULL,
    scale double precision NOT NULL CHECK (scale > 0 AND scale < 'Infinity'),   -- log seconds in a real second
    CONSTRAINT clock_pkey PRIMARY KEY (single)
);

ALTER TABLE eventlog.clock OWNER TO putokaz_owner;
GRANT SELECT ON eventlog.clock TO putokaz_writer, putokaz_projector, putokaz_reader, putokaz_clock;
