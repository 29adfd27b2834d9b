#!/usr/bin/env bash
# Runs a management command as `make run` would: installed and migrated first. Usage: scripts/manage.sh COMMAND …
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh requirements.txt
. scripts/local_profile.sh
.venv/bin/python manage.py migrate --verbosity 0
exec .venv/bin/python manage.py "$@"
