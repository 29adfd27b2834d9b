#!/usr/bin/env bash
# Sends some thousand right and wrong requests to the interface for programs, on a database of its own, and fails if an answer is not what its document says.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh requirements-dev.txt
each=${1:-40} # for each of some twenty kinds of request
port=${PORT:-8765}
folder=$(mktemp -d)
export ENV_FILE=/dev/null PROFILE=local SECRET_KEY=used-by-the-fuzzer-only DATABASE_URL="sqlite:///$folder/fuzz.sqlite3" LOG_LEVEL=ERROR
trap 'kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
.venv/bin/python manage.py migrate --verbosity 0
.venv/bin/python manage.py load_fixtures --verbosity 0 >/dev/null
.venv/bin/python -m gunicorn --threads 4 --bind "127.0.0.1:$port" config.wsgi 2>"$folder/server.log" &
server=$!
# A slug of the right letters may still be nobody's, so “right” requests may be refused.
schemathesis=$PWD/.venv/bin/schemathesis
cd "$folder"
"$schemathesis" run "http://127.0.0.1:$port/api/v1/schema/" --max-examples "$each" --mode all \
    --wait-for-schema 30 --exclude-checks positive_data_acceptance --suppress-health-check all
