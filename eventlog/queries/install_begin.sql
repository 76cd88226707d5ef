-- The lock first: `IF NOT EXISTS` alone is no protection against a second installer. Keys: 'PUTO', 'INST'.
SELECT pg_advisory_xact_lock(1347769423, 1229869908);
CREATE TABLE IF NOT EXISTS public.putokaz_installed (
    package text NOT NULL,
    file text NOT NULL,
    sha256 text NOT NULL,
    installed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT putokaz_installed_pkey PRIMARY KEY (package, file)
);
GRANT SELECT ON public.putokaz_installed TO PUBLIC;
