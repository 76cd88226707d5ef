-- For who had very many reveals of late, whoever it was.
CREATE INDEX IF NOT EXISTS accesses_at ON vault.accesses (at) WHERE kind = 'reveal';
