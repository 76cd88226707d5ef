-- The access log takes one kind more: that somebody was shown by which words a client is reached safely. Of a journey's
-- words, so it names the journey; it has neither a purpose of its own nor anything that was typed.
DO $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM pg_constraint AS c
         WHERE c.conrelid = 'vault.accesses'::regclass AND c.conname = 'accesses_kind_check'
           AND pg_get_constraintdef(c.oid) LIKE '%safe-contact%'
    ) THEN
        ALTER TABLE vault.accesses
            DROP CONSTRAINT accesses_kind_check,
            DROP CONSTRAINT accesses_query_check,
            ADD CONSTRAINT accesses_kind_check CHECK (kind IN ('reveal', 'search', 'candidates', 'safe-contact')),
            ADD CONSTRAINT accesses_query_check CHECK ((kind IN ('search', 'candidates')) = (query IS NOT NULL));
    END IF;
END
$$;
