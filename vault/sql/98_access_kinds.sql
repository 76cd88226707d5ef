-- The access log takes two kinds more. A document that was opened: with a purpose, and the document in place of fields.
-- The words by which a client is reached safely: it names the journey, and has neither a purpose nor anything typed.
DO $$
BEGIN
    IF EXISTS (
        SELECT FROM pg_constraint AS c
         WHERE c.conrelid = 'vault.accesses'::regclass AND c.conname = 'accesses_kind_check'
           AND pg_get_constraintdef(c.oid) NOT LIKE '%safe-contact%'
    ) THEN
        ALTER TABLE vault.accesses
            DROP CONSTRAINT accesses_kind_check,
            DROP CONSTRAINT accesses_reveal_check,
            DROP CONSTRAINT accesses_query_check,
            ADD CONSTRAINT accesses_kind_check
                CHECK (kind IN ('reveal', 'search', 'candidates', 'document', 'safe-contact')),
            ADD CONSTRAINT accesses_reveal_check CHECK ((kind IN ('reveal', 'document')) = (purpose IS NOT NULL)),
            ADD CONSTRAINT accesses_query_check CHECK ((kind IN ('search', 'candidates')) = (query IS NOT NULL));
    END IF;
END
$$;
