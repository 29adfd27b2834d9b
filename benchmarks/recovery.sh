#!/usr/bin/env bash
# Two ways back to a moment, tried out: litestream for SQLite, archived write-ahead logs for PostgreSQL. Prints whether all records are as they were.
# Usage: benchmarks/recovery.sh [LITESTREAM]   (the program litestream; without it that part is left out)
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d /tmp/reaffirmed-recovery.XXXXXX)
chmod 755 "$folder"
export ENV_FILE=/dev/null PROFILE=local SECRET_KEY=used-by-drills-only LOG_LEVEL=ERROR
litestream=${1:-}
server=""

as_owner() { if [ "$(id -u)" -eq 0 ]; then (cd "$folder" && runuser -u postgres -- "$@"); else "$@"; fi; }
throw_away() {
    [ -z "$server" ] || as_owner "$server/pg_ctl" -D "$folder/primary" -m immediate stop >/dev/null 2>&1 || true
    [ -z "$server" ] || as_owner "$server/pg_ctl" -D "$folder/back" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap throw_away EXIT
manage() { .venv/bin/python manage.py "$@"; }
checksum() { manage export_fixtures "$folder/$1" --format jsonl --with-drafts | sed -n 's/^Checksum //p'; }
compare() { if [ "$2" = "$3" ]; then echo "  $1: the same, $2"; else echo "  $1: ANOTHER"; exit 1; fi; }

if [ -n "$litestream" ]; then
    echo "litestream $("$litestream" version)"
    database=$folder/live.sqlite3
    export DATABASE_URL=sqlite:///$database
    manage migrate --verbosity 0
    printf 'dbs:\n  - path: %s\n    replica:\n      type: file\n      path: %s\n' "$database" "$folder/copy" >"$folder/litestream.yml"
    "$litestream" replicate -config "$folder/litestream.yml" >"$folder/litestream.log" 2>&1 &
    replicating=$!
    sleep 2
    manage load_fixtures --verbosity 0 >/dev/null
    before=$(checksum before-litestream)
    sleep 3
    kill -9 "$replicating"
    rm -f "$database"*
    start=$(date +%s.%N)
    "$litestream" restore -config "$folder/litestream.yml" "$database" >/dev/null 2>&1
    echo "  restored in $(python3 -c "import sys; print(round(float(sys.argv[1]) - float(sys.argv[2]), 2))" "$(date +%s.%N)" "$start") s"
    compare "all records" "$before" "$(checksum after-litestream)"
    manage doctor | tail -1
fi

echo "point-in-time recovery of PostgreSQL"
server=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
mkdir "$folder/archive"
[ "$(id -u)" -ne 0 ] || chown postgres "$folder" "$folder/archive"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as_owner "$server/initdb" -D "$folder/primary" -A trust -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums >/dev/null
cat >>"$folder/primary/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$folder'
wal_level = replica
archive_mode = on
archive_command = 'test ! -f $folder/archive/%f && cp %p $folder/archive/%f'
CONF
as_owner "$server/pg_ctl" -D "$folder/primary" -w -l "$folder/primary.log" start >/dev/null
export DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres
sql() { "$server/psql" -h 127.0.0.1 -p "$port" -U postgres -qAtc "$1" postgres; }
manage migrate --verbosity 0
as_owner "$server/pg_basebackup" -h "$folder" -p "$port" -U postgres -D "$folder/back" -X none --checkpoint=fast 2>/dev/null
as_owner "$server/pg_verifybackup" -n "$folder/back" >/dev/null
manage load_fixtures --verbosity 0 >/dev/null
before=$(checksum before-postgres)
sql "SELECT pg_create_restore_point('before_the_mistake')" >/dev/null
sql "DELETE FROM tracker_summary; UPDATE tracker_citation SET paraphrase = 'lost'; SELECT pg_switch_wal()" >/dev/null
echo "  after the mistake: $(manage doctor 2>&1 | grep -c 'differs from the last version') rows named by the doctor, and more counted"
as_owner "$server/pg_ctl" -D "$folder/primary" -m fast stop >/dev/null
cat >>"$folder/back/postgresql.conf" <<CONF
archive_mode = off
restore_command = 'cp $folder/archive/%f %p'
recovery_target_name = 'before_the_mistake'
recovery_target_action = 'promote'
CONF
as_owner touch "$folder/back/recovery.signal"
start=$(date +%s.%N)
as_owner "$server/pg_ctl" -D "$folder/back" -w -t 60 -l "$folder/back.log" start >/dev/null
until [ "$(sql 'SELECT pg_is_in_recovery()')" = f ]; do sleep 0.1; done
echo "  recovered in $(python3 -c "import sys; print(round(float(sys.argv[1]) - float(sys.argv[2]), 2))" "$(date +%s.%N)" "$start") s"
compare "all records" "$before" "$(checksum after-postgres)"
manage doctor | tail -1
