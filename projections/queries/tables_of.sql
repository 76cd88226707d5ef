-- The tables of one version of a read model, as `journey_file_v1` and `journey_file_step_v1`, and what drops each, with the past of it.
SELECT tablename, format('DROP TABLE projections.%%I CASCADE', tablename) FROM pg_tables
 WHERE schemaname = 'projections' AND tablename ~ ('^' || %(name)s || '(_[a-z]+)*_v' || %(version)s || '$')
 ORDER BY tablename
