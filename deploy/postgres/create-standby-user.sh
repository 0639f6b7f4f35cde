#!/bin/sh
# Runs once in a new primary (docker-entrypoint-initdb.d): lets the standby copy it, and takes our settings.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v password="$(cat /run/secrets/database-password)" <<'SQL'
CREATE ROLE standby REPLICATION LOGIN PASSWORD :'password';
SQL
echo "host replication standby all scram-sha-256" >>"$PGDATA/pg_hba.conf"
echo "include '/etc/sandan/postgres/sandan.conf'" >>"$PGDATA/postgresql.conf"
