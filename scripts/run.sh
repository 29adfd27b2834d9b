#!/usr/bin/env bash
# Installs, prepares and serves the application for one person on one machine. Run again, it only starts.
set -euo pipefail
cd "$(dirname "$0")/.."

static_is_stale() {
    local collected=var/static/staticfiles.json
    [ ! -f "$collected" ] || [ requirements.txt -nt "$collected" ] || [ -n "$(find tracker/static -newer "$collected" -print -quit 2>/dev/null)" ]
}

scripts/install.sh requirements.txt
.venv/bin/python scripts/port_is_free.py "$HOST" "$PORT"
. scripts/local_profile.sh
mkdir -p var
.venv/bin/python manage.py migrate --verbosity 0
if static_is_stale; then
    .venv/bin/python manage.py collectstatic --noinput --clear --verbosity 0
fi
.venv/bin/python manage.py load_if_empty
.venv/bin/python manage.py build_data
exec .venv/bin/python -m gunicorn -c config/gunicorn.py config.wsgi
