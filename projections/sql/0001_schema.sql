CREATE SCHEMA projections AUTHORIZATION putokaz_owner;
GRANT USAGE ON SCHEMA projections TO putokaz_projector, putokaz_reader;
