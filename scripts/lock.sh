#!/usr/bin/env bash
# Resolves requirements*.in into hashed lock files that hold for every platform, and refuses machine-bound ones.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install.sh requirements-dev.txt
for name in requirements requirements-dev requirements-sentry; do
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header "$name.in" -o "$name.txt"
    if grep -nE '://|^-|file:' "$name.txt"; then
        echo "$name.txt names an index address or a local path: resolve it again without them." >&2
        exit 1
    fi
done
