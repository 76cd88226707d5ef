-- Letters that wait for an instant of the log's clock: for the end of quiet hours, or (collected) for a digest. No facts
-- either: who asks for a letter computes it anew each time. NULL: at once.
ALTER TABLE eventlog.handovers ADD COLUMN send_at timestamptz, ADD COLUMN collected boolean NOT NULL DEFAULT false;
CREATE INDEX handovers_collected ON eventlog.handovers (recipient, send_at) WHERE collected;
