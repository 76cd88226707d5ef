#!/bin/sh
# Brings Temporal's two databases to the schema of this version. Repeating it does nothing.
set -eu
SQL_PASSWORD=$(cat /run/secrets/password_temporal)
export SQL_PASSWORD
for database in temporal temporal_visibility; do
    case $database in
        temporal) versions=temporal ;;
        temporal_visibility) versions=visibility ;;
    esac
    tool="temporal-sql-tool --plugin postgres12 --ep postgres -p 5432 -u temporal --db $database"
    $tool setup-schema -v 0.0
    $tool update-schema -d "/etc/temporal/schema/postgresql/v12/$versions/versioned"
done
