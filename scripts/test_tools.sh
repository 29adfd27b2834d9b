#!/usr/bin/env bash
# Sees to the browser, the fonts and the database server that the tests use: installs them as root, names them otherwise.
set -euo pipefail

has_browser() { command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }
has_server() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; }
has_fonts() { command -v fc-list >/dev/null && fc-list | grep -i 'noto' >/dev/null; }

missing=()
has_browser || missing+=(chromium)
has_fonts || missing+=(fonts-noto-core fontconfig)
has_server || missing+=(postgresql)
[ ${#missing[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]} …"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
    echo "The tests need packages that are not installed. As an administrator:" >&2
    echo "    apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
