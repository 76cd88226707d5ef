-- One row for each thing that changes hands: its receipt.
CREATE TABLE projections.handover_receipts_v1 (
    handover uuid NOT NULL,
    item text NOT NULL,
    stream_kind text NOT NULL,
    stream_id uuid NOT NULL,
    code text COLLATE "C" NOT NULL,
    part text NOT NULL,
    role text NOT NULL,
    successor uuid NOT NULL,
    status text NOT NULL,
    refused text,                       -- why it stays with the leaver
    found_at timestamptz NOT NULL,
    settled_at timestamptz,
    CONSTRAINT handover_receipts_v1_pkey PRIMARY KEY (handover, item)
) WITH (fillfactor = 80);

CREATE INDEX handover_receipts_v1_stream_idx ON projections.handover_receipts_v1 (stream_id);

ALTER TABLE projections.handover_receipts_v1 OWNER TO putokaz_owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON projections.handover_receipts_v1 TO putokaz_projector;
GRANT SELECT ON projections.handover_receipts_v1 TO putokaz_reader;
