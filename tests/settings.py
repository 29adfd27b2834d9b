"""The settings as the tests use them: nothing from this machine but DATABASE_URL, plain static files, a fast password hasher."""

from __future__ import annotations

import os

os.environ |= {"ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-tests-only", "DEBUG": "false", "LOG_LEVEL": "WARNING"}
# Many statements of tests take their time, and no connection is told of it: tests of the limit set one.
os.environ["STATEMENT_SECONDS"] = "0"
for _name in (
    *("ALLOWED_HOSTS", "CORRECTIONS_EMAIL", "CSRF_TRUSTED_ORIGINS", "DATABASE_POOLED", "DATABASE_REPLICA_URL", "FOUR_EYES"),
    *("LOG_FORMAT", "READ_ONLY", "SECOND_FACTOR", "SENTRY_DSN", "TRUST_PROXY", "UPLOAD_MB"),
):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403 - the environment comes first
from config.settings import BASE_DIR, CACHES, INSTALLED_APPS  # noqa: E402

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests write rows past the application, which moves no version: nothing is kept, but where that is what is tested.
CACHES = CACHES | {"kept": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
# Served from where they stand, so that no test waits for collectstatic.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No test sees what was made for the site on this machine; those that make a package say where.
DATA_DIR = BASE_DIR / "var" / "no-such-folder"
