#!/usr/bin/env bash
# Every check that runs no test. All of them run; the command fails if one of them failed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh requirements-dev.txt
# The checks look at the code, not at this machine's settings.
export ENV_FILE=/dev/null PROFILE=local SECRET_KEY=used-by-checks-only DATABASE_URL=sqlite://:memory: DEBUG=false
failed=()

check() {
    local name=$1
    shift
    echo "• $name"
    "$@" || failed+=("$name")
}
python() { .venv/bin/python "$@"; }
templates() { find templates -name '*.html' -print0 | xargs -0 -r .venv/bin/djade --check --target-version 5.2; }
in_production() {
    PROFILE=production ALLOWED_HOSTS=reaffirmed.example.org SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
        python manage.py check --deploy --fail-level WARNING
}

check "format" python -m ruff format --check --quiet .
check "lint" python -m ruff check --quiet .
check "templates" templates
check "floors" python .venv/bin/lint-imports --no-logo
check "types" python -m mypy .
check "migrations are complete" python manage.py makemigrations --check --dry-run
# 0002, 0003, 0008 and 0012 add columns with a database default, which older code need not know. SQLite rebuilds the table for that, and the linter takes the copy's constraints for new ones.
check "migrations are safe" python manage.py lintmigrations --settings tests.settings --include-apps tracker --ignore-initial-migrations --ignore-name 0002_words_to_search_in 0003_what_lists_ask_for 0008_workflow 0012_large_worlds --no-cache --warnings-as-errors --quiet ok ignore
check "deployment" in_production

if [ ${#failed[@]} -gt 0 ]; then
    printf 'Failed: %s\n' "${failed[@]}" >&2
    exit 1
fi
echo "All checks passed."
