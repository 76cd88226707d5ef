CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE SCHEMA eventlog AUTHORIZATION putokaz_owner;
GRANT USAGE ON SCHEMA eventlog TO putokaz_writer, putokaz_projector, putokaz_reader, putokaz_clock;
