-- Roles belong to the whole server, so another database may have made them, even at this very moment.
DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            ('putokaz_owner', 'NOLOGIN'),      -- owns every object; nobody signs in as it
            ('putokaz_writer', 'LOGIN'),       -- activities: EXECUTE on append, SELECT on the log
            ('putokaz_projector', 'LOGIN'),    -- projections, relay: SELECT on the log
            ('putokaz_reader', 'LOGIN'),       -- staff pages, analysis: SELECT on the log
            ('putokaz_clock', 'NOLOGIN')       -- may set the log's clock; granted in demo and tests only
        ) AS roles (name, login)
    LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.login);
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL; -- it exists: what we wanted
        END;
    END LOOP;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        GRANT putokaz_owner TO CURRENT_USER; -- or the objects below could not be given to it
    END IF;
END
$$;
