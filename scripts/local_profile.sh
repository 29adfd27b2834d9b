# What one person on one machine runs with, unless the environment or .env says otherwise. Sourced by other scripts.
export DJANGO_SETTINGS_MODULE=config.settings
if [ -z "${PROFILE:-}" ] && ! grep -qs '^PROFILE=' .env; then
    export PROFILE=local
fi
