#!/usr/bin/env bash
# Runs the whole suite twice, on SQLite and on PostgreSQL. Both runs happen; the command fails if one failed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh requirements-dev.txt
scripts/test_tools.sh
# More workers than cores: they wait for browsers and for PostgreSQL. Who has nothing left takes tests from another: some last a minute.
workers=$(($(nproc 2>/dev/null || echo 2) + 2))
suite=(.venv/bin/python -m pytest -q -n "$((workers > 8 ? 8 : workers))" --dist worksteal)
outcome=0

echo "On SQLite:"
env -u DATABASE_URL "${suite[@]}" || outcome=$?
[ $outcome -eq 0 ] || echo "The run on SQLite FAILED (see above)."
echo "On PostgreSQL:"
scripts/with_postgres.sh "${suite[@]}" || outcome=$?
exit $outcome
