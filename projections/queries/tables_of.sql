-- The tables of one version of a read model: `journey_file_v1`, `journey_file_step_v1`.
SELECT tablename FROM pg_tables
 WHERE schemaname = 'projections' AND tablename ~ ('^' || %(name)s || '(_[a-z]+)*_v' || %(version)s || '$')
 ORDER BY tablename
