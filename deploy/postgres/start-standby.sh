#!/bin/sh
# A standby of the host `postgres`: copies it the first time, then follows it.
set -eu
export PGPASSWORD="$(cat /run/secrets/database-password)"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    until pg_basebackup -h postgres -U standby -D "$PGDATA" -X stream -R -d "application_name=standby"; do
        echo "the primary does not answer yet"
        rm -rf "${PGDATA:?}"/*
        sleep 2
    done
    chmod 0700 "$PGDATA"
fi
exec postgres
