-- Whoever is shown what somebody wrote about reaching a caller safely is written down as whoever sees the number is.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_constraint AS c
         WHERE c.conrelid = 'vault.caller_reads'::regclass AND c.conname = 'caller_reads_what_check'
           AND pg_get_constraintdef(c.oid) NOT LIKE '%safe-contact%'
    ) THEN
        ALTER TABLE vault.caller_reads
            DROP CONSTRAINT caller_reads_what_check,
            ADD CONSTRAINT caller_reads_what_check CHECK (what IN ('number', 'repeats', 'forget', 'safe-contact'));
    END IF;
END
$$;
