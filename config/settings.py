"""Settings for every place the application runs in. All of them come from the environment; see .env.example."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject
from environs import Env, EnvValidationError, validate

from config import entrance
from config.databases import DEFAULT, REPLICA, as_snapshot, database, for_reading, for_writing, is_sqlite
from config.entrance import *  # noqa: F403
from config.parts import by_language, for_readers_only
from config.watching.errors import report_to
from config.watching.logs import logging_in

BASE_DIR = Path(__file__).resolve().parent.parent
#: What the application writes: the SQLite database, the collected static files, the secret of a local trial.
VAR_DIR = BASE_DIR / "var"


def newest_version(changelog: Path) -> str:
    """Return the version in the newest numbered heading of the changelog: the one place where it is written."""
    found = re.search(r"^## (\d+\.\d+\.\d+)", changelog.read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "0.0.0"


def checksum(base: Path, folders: Iterable[str], more: Iterable[str]) -> str:
    """Return a checksum of all files in ``folders`` of ``base``, compiled ones left out, and of some words ``more``."""
    found = hashlib.sha256("\n".join(more).encode())
    for path in sorted(path for folder in folders for path in (base / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"):
        found.update(path.relative_to(base).as_posix().encode() + b"\n" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


def kept_secret(path: Path) -> str:
    """Return the secret kept in ``path``; make one first, readable by its owner only, if there is none."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True)
        return kept_secret(path)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text("ascii")


env = Env(eager=False)
env.add_parser("database", database)
env.read_env(env.str("ENV_FILE", str(BASE_DIR / ".env")), recurse=False)

DEBUG: bool = env.bool("DEBUG", False)
#: "local": one person on one machine, plain HTTP. "production": behind HTTPS.
PROFILE: str = env.str("PROFILE", "production", validate=validate.OneOf(["local", "production"]))
LOCAL = PROFILE == "local"
#: Left out locally, a secret is made and kept; anything else must say its own.
SECRET_KEY: str = (
    kept_secret(VAR_DIR / "secret_key")
    if LOCAL and "SECRET_KEY" not in os.environ
    else env.str("SECRET_KEY", validate=validate.Length(min=1 if LOCAL else 50, error="Too short: make one as .env.example shows."))
)
ALLOWED_HOSTS: list[str] = (
    env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"]) if LOCAL else env.list("ALLOWED_HOSTS", validate=validate.Length(min=1))
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
#: Whether a proxy in front says by X-Forwarded-Proto how the reader came. Untold, the header is not believed.
TRUST_PROXY: bool = env.bool("TRUST_PROXY", False)
#: Where readers report errors. Empty: no page offers to.
CORRECTIONS_EMAIL: str = env.str("CORRECTIONS_EMAIL", "", validate=validate.Regexp(r"^([^@\s<>]+@[^@\s<>]+\.[^@\s<>]+)?\Z", error="Not an e-mail address."))
#: Whether a record is published by somebody else than who changed or submitted it last.
FOUR_EYES: bool = env.bool("FOUR_EYES", True)
#: Whether the desk opens only to accounts with a second factor, a code or a passkey.
SECOND_FACTOR: bool = env.bool("SECOND_FACTOR", not LOCAL)
#: How large a file may be that is loaded at the desk, in megabytes, packed and unpacked.
UPLOAD_MB: int = env.int("UPLOAD_MB", 4, validate=validate.Range(1, 32))
#: Where “manage.py backup” keeps its files.
BACKUP_DIR: str = env.str("BACKUP_DIR", str(VAR_DIR / "backups"))
#: Seconds by which a replica may be behind before this node no longer calls itself ready.
READY_MAX_LAG: int = env.int("READY_MAX_LAG", 60, validate=validate.Range(min=1))
#: Where errors are reported to. Empty: nowhere, and nothing has to be installed for it.
SENTRY_DSN: str = env.str("SENTRY_DSN", "")
#: JSON for programs that collect logs, plain lines for people.
LOG_FORMAT: str = env.str("LOG_FORMAT", "lines" if LOCAL else "json", validate=validate.OneOf(["json", "lines"]))
LOG_LEVEL: str = env.str("LOG_LEVEL", "INFO", validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR"]))
DATABASE: dict[str, Any] = env.database("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'reaffirmed.sqlite3'))}")
#: A copy that readers are sent to, so that the primary has time for who writes.
DATABASE_REPLICA: dict[str, Any] | None = env.database("DATABASE_REPLICA_URL") if env.str("DATABASE_REPLICA_URL", "") else None
#: Whether a pool in transaction mode stands between (deploy/pgbouncer).
DATABASE_POOLED: bool = env.bool("DATABASE_POOLED", False)
#: Seconds after which a statement of a public request is stopped; 0: never. Editors and commands have all the time they need.
STATEMENT_SECONDS: float = env.float("STATEMENT_SECONDS", 3.0, validate=validate.Range(min=0))
#: Whether this is a node for readers only: no sign-in, no admin, and of an SQLite file a snapshot that nobody writes to.
READ_ONLY: bool = env.bool("READ_ONLY", False)
try:
    env.seal()
except EnvValidationError as error:
    assert isinstance(error.error_messages, Mapping)  # noqa: PT017  for the type checker
    problems = [f"  {name}: {' '.join(messages)}" for name, messages in sorted(error.error_messages.items())]
    raise ImproperlyConfigured(
        "These settings are missing or wrong:\n"
        + "\n".join(problems)
        + "\nSet them in the environment or in the file .env; .env.example explains each."
        + "\nTo try the application on your own machine, use “make run”, or set PROFILE=local."
    ) from None

#: Where the data package that readers download is kept.
DATA_DIR = VAR_DIR / "data"
#: Where a file that was sent to the desk waits until its plan is agreed to, a day at most.
UPLOADS_DIR = VAR_DIR / "uploads"
VERSION = newest_version(BASE_DIR / "CHANGELOG.md")
#: What the application is made of, as one word: a page that is kept is out of date when it changes. Read when it is first asked for.
BUILD = SimpleLazyObject(lambda: checksum(BASE_DIR, ("config", "locale", "templates", "tracker"), (VERSION, CORRECTIONS_EMAIL)))

if DATABASE_REPLICA and (is_sqlite(DATABASE) or is_sqlite(DATABASE_REPLICA)):
    raise ImproperlyConfigured(
        "DATABASE_REPLICA_URL is for PostgreSQL: SQLite has no replicas. Let nodes for readers serve a snapshot instead (docs/scaling.md)."
    )
#: The file that a node for readers serves: it tells of it on the page “Data”.
SNAPSHOT = Path(DATABASE["NAME"]) if READ_ONLY and is_sqlite(DATABASE) else None
DATABASES = {DEFAULT: as_snapshot(DATABASE) if SNAPSHOT else for_writing(DATABASE, pooled=DATABASE_POOLED)}
if DATABASE_REPLICA:
    DATABASES[REPLICA] = for_reading(DATABASE_REPLICA, pooled=DATABASE_POOLED)
    DATABASE_ROUTERS = ["config.replica.Router"]

INSTALLED_APPS = [
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "corsheaders",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tracker",
]
MIDDLEWARE = [
    "config.watching.requests.named_requests",
    # Only gunicorn collects what its processes count: config/gunicorn.py
    *(["config.watching.metrics.counted"] if "PROMETHEUS_MULTIPROC_DIR" in os.environ else []),
    # The policies come before what refuses and redirects, so that its answers carry them, too.
    "config.middleware.policies",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.refuse_malformed",
    *(["config.replica.ReadFromReplica"] if DATABASE_REPLICA else []),
    "config.limits.StatementLimit",
    "config.unavailable.DatabaseUnavailable",
    "corsheaders.middleware.CorsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages shrink to a tenth; static files come compressed already. Against guessing secrets by length (BREACH) Django pads each answer by chance.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.accounts.limits.Limits",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # Last, because the language of the answer is settled and everything around it is done for a page that has not changed, too.
    "tracker.views.conditional.Unchanged",
]
if READ_ONLY:
    INSTALLED_APPS, MIDDLEWARE = for_readers_only(INSTALLED_APPS, MIDDLEWARE)
    # No form is left that could be forged.
    SILENCED_SYSTEM_CHECKS = ["security.W003"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Answers that took long to make, for all processes and across restarts; why so: docs/decisions/0022-kept-answers.md
CACHES: dict[str, dict[str, Any]] = {
    "default": entrance.ATTEMPTS,
    "kept": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "kept",
        "TIMEOUT": 86_400,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
#: The languages of the interface. How one is added: docs/translating.md
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
MIDDLEWARE = by_language(MIDDLEWARE, LANGUAGES)
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

#: The reading desk sends a field for each commitment on the list, and some have more than the thousand that Django takes.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
SECURE_SSL_REDIRECT = not LOCAL
# Who watches asks the process itself, and no proxy in between.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
# A browser takes a cookie of such a name only over HTTPS, for this host alone and the whole of it.
SESSION_COOKIE_NAME = "sessionid" if LOCAL else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if LOCAL else "__Host-csrftoken"
USED_COOKIE_NAME, MESSAGES_COOKIE_NAME = ("used", "messages") if LOCAL else ("__Host-used", "__Host-messages")
# Who comes through the proxy that is trusted stands last in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRUST_PROXY)

# Pages of other sites may read what programs read, and send nothing: no cookie goes with it.
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD"]
CORS_EXPOSE_HEADERS = ["ETag", "Link", "Content-Disposition"]
CORS_URLS_REGEX = r"^/(?:api/.*|.*\.(?:csv|json|jsonl|xlsx|svg|md|bib|ris|atom|ics|jsonld|xml|zip))$"

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "tracker.api.negotiation.AlwaysJson",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "tracker.api.described.Described",
    "EXCEPTION_HANDLER": "tracker.api.problems.answer",
    "UNAUTHENTICATED_USER": None,
    # “format” is a filter of lists, not the form of an answer.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Reaffirmed",
    "DESCRIPTION": "Cooperation commitments between states, meeting by meeting. Read-only; CC BY 4.0.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [],
}

LOGGING = logging_in(LOG_FORMAT, LOG_LEVEL)
if SENTRY_DSN:
    report_to(SENTRY_DSN, VERSION, PROFILE)
