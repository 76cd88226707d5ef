#!/bin/sh
# Run once by the postgres image when its data folder is empty: two databases of ours, two of Temporal's, a role for each.
set -eu
secret() { cat "${SECRETS:-/run/secrets}/password_$1"; }
exec psql --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set admin_password="$(secret admin)" --set writer_password="$(secret writer)" \
    --set projector_password="$(secret projector)" --set reader_password="$(secret reader)" \
    --set vault_password="$(secret vault)" --set backup_password="$(secret backup)" --set temporal_password="$(secret temporal)" \
    --file "${DATABASES_SQL:-/etc/putokaz/databases.sql}"
