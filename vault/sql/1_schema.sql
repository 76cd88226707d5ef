-- Keys: 'PUTO', 'VAUL'. `IF NOT EXISTS` alone is no protection against a second installer.
SELECT pg_advisory_xact_lock(1347769423, 1447122252);

DO $$
BEGIN
    CREATE ROLE putokaz_vault LOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- it exists: what we wanted
END
$$;

CREATE SCHEMA IF NOT EXISTS vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO putokaz_vault;
