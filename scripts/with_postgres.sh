#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to a PostgreSQL server of its own, which is thrown away afterwards.
# Usage: scripts/with_postgres.sh COMMAND …
set -euo pipefail

find_binaries() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb 2>/dev/null || echo /none/initdb)")"; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then
            echo "$folder"
            return
        fi
    done
    echo "No PostgreSQL server is installed (Debian: apt-get install postgresql)." >&2
    return 1
}

# initdb refuses to run as root: root borrows the account that the package made.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd "$folder" && runuser -u postgres -- "$@")
    else
        (cd "$folder" && "$@")
    fi
}

throw_away() {
    as_owner "$binaries/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}

binaries=$(find_binaries)
folder=$(mktemp -d /tmp/reaffirmed-postgres.XXXXXX)
trap throw_away EXIT
[ "$(id -u)" -ne 0 ] || chown postgres "$folder"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner "$binaries/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# Durability is switched off: nothing here outlives the command.
# So is autovacuum: it finds the tables of tests empty, because their rows are never committed, and then hundreds of rows are joined by a plan for none.
as_owner "$binaries/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
    -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off" start >/dev/null ||
    { cat "$folder/log" >&2; exit 1; }
DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" "$@"
