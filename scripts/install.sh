#!/usr/bin/env bash
# Makes .venv and installs one lock file into it. Does nothing when that lock is already installed.
# Usage: scripts/install.sh requirements.txt
set -euo pipefail
cd "$(dirname "$0")/.."
lock=$1

python_at_least_311() {
    local candidate
    for candidate in "${PYTHON:-}" python3.11 python3.12 python3.13 python3 python; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "Python 3.11 or newer is needed and was not found. Install it (Debian: apt-get install python3 python3-venv)," >&2
    echo "or name it: PYTHON=/path/to/python3 make run" >&2
    return 1
}

make_venv() {
    local python output
    python=$(python_at_least_311)
    rm -rf .venv
    if ! output=$("$python" -m venv .venv 2>&1); then
        rm -rf .venv
        printf '%s\n' "$output" >&2
        echo "$python can't make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv" >&2
        return 1
    fi
}

.venv/bin/python -c 'import pip' 2>/dev/null || make_venv
# The stamp is a copy of what was installed: another lock, another install.
if ! cmp -s "$lock" ".venv/installed-$lock"; then
    echo "Installing the packages of $lock …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    cp "$lock" ".venv/installed-$lock"
fi
