-- Letters under way to a mail server: the order of each recipient, and what has begun and has no receipt yet. No facts:
-- a row goes when its letter is settled. Lost, the letters are all sent all the same; only doubles are then not known.
CREATE TABLE eventlog.handovers (
    message uuid NOT NULL,
    recipient uuid NOT NULL,
    stream text NOT NULL,               -- that asked for it, and the version of the event that did
    version bigint NOT NULL,
    "position" bigint NOT NULL,         -- of that event: the order of one recipient's letters
    aside boolean NOT NULL DEFAULT false,  -- later letters of the recipient do not wait for this one
    began_at timestamptz,               -- DATA was about to begin; NULL while nothing is under way
    doubt text,                         -- why what had begun got no receipt, where somebody lived to say so
    doubted text,                       -- the last cause for which it was handed over again
    times bigint NOT NULL DEFAULT 0,    -- how often that was
    CONSTRAINT handovers_pkey PRIMARY KEY (message, recipient)
);
CREATE INDEX handovers_line ON eventlog.handovers (recipient, "position") WHERE NOT aside;

-- Hand-overs that may have made a double, by cause, since the database was made.
CREATE TABLE eventlog.doubles (
    cause text NOT NULL,
    letters bigint NOT NULL,
    CONSTRAINT doubles_pkey PRIMARY KEY (cause)
);

ALTER TABLE eventlog.handovers OWNER TO putokaz_owner;
ALTER TABLE eventlog.doubles OWNER TO putokaz_owner;
GRANT SELECT ON eventlog.handovers, eventlog.doubles TO putokaz_writer, putokaz_projector, putokaz_reader;
