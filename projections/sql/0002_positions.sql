-- How far each version of each read model has come. Its row is locked while a page is applied, and moves with the rows.
CREATE TABLE projections.positions (
    model text NOT NULL,                -- '<name>_v<version>'
    "position" bigint NOT NULL CHECK ("position" >= 0),
    advanced_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT positions_pkey PRIMARY KEY (model)
) WITH (fillfactor = 50);

ALTER TABLE projections.positions OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.positions TO putokaz_projector;
GRANT SELECT ON projections.positions TO putokaz_reader;
