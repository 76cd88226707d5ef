-- putokaz_admin owns both databases of ours and is used by `putokaz migrate` and restores only; migrate makes tables and
-- other roles, a restore makes databases.
CREATE ROLE putokaz_admin LOGIN CREATEROLE CREATEDB PASSWORD :'admin_password';
CREATE ROLE putokaz_writer LOGIN PASSWORD :'writer_password';
CREATE ROLE putokaz_projector LOGIN PASSWORD :'projector_password';
CREATE ROLE putokaz_reader LOGIN PASSWORD :'reader_password';
CREATE ROLE putokaz_vault LOGIN PASSWORD :'vault_password';
-- Reads both for backups, and changes nothing.
CREATE ROLE putokaz_backup LOGIN PASSWORD :'backup_password' IN ROLE pg_read_all_data;
ALTER ROLE putokaz_backup SET default_transaction_read_only = on;
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';

CREATE DATABASE putokaz OWNER putokaz_admin;
CREATE DATABASE putokaz_vault OWNER putokaz_admin;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;

-- Nobody enters a database that is not theirs: case data, identities and timers stay apart.
REVOKE CONNECT ON DATABASE putokaz, putokaz_vault, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE putokaz TO putokaz_writer, putokaz_projector, putokaz_reader, putokaz_backup;
GRANT CONNECT ON DATABASE putokaz_vault TO putokaz_vault, putokaz_backup;
