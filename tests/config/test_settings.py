"""Settings in every place the application runs in, each read by a process of its own."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.settings import BASE_DIR, VERSION, kept_secret, newest_version

PRODUCTION = {"SECRET_KEY": "not-guessable-" * 5, "ALLOWED_HOSTS": "reaffirmed.example.org"}
PRINT = "import json; from django.conf import settings; print(json.dumps({name: getattr(settings, name) for name in NAMES}))"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Return what Python said to ``arguments`` with only these variables set."""
    plain = {"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.run([sys.executable, *arguments], cwd=BASE_DIR, env=plain | environment, capture_output=True, text=True, check=False)


def settings(*names: str, **environment: str) -> dict[str, Any]:
    """Return the values of the settings ``names`` under these variables."""
    done = run("-c", PRINT.replace("NAMES", repr(names)), **environment)
    assert done.returncode == 0, done.stderr
    values: dict[str, Any] = json.loads(done.stdout)
    return values


def test_missing_settings_are_named_at_once_without_a_traceback() -> None:
    done = run("manage.py", "check")
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "ALLOWED_HOSTS" in done.stderr
    assert ".env.example" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "wrong",
    [
        {"DEBUG": "maybe"},
        {"PROFILE": "staging"},
        {"DATABASE_URL": "nonsense"},
        {"TRUST_PROXY": "perhaps"},
        {"LOG_LEVEL": "loud"},
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"DATABASE_REPLICA_URL": "postgres://a,b"},
    ],
)
def test_a_wrong_word_is_named(wrong: dict[str, str]) -> None:
    done = run("manage.py", "check", **(PRODUCTION | wrong))
    assert done.returncode == 1
    assert next(iter(wrong)) in done.stderr
    assert "Traceback" not in done.stderr


def test_all_wrong_words_are_named_together() -> None:
    done = run("manage.py", "check", **PRODUCTION, DEBUG="maybe", DATABASE_URL="nonsense", LOG_LEVEL="loud")
    assert [name for name in ("DATABASE_URL", "DEBUG", "LOG_LEVEL") if f"  {name}: " not in done.stderr] == []


def test_production_is_safe_unless_told_otherwise() -> None:
    names = ("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_PROXY_SSL_HEADER")
    assert list(settings(*names, **PRODUCTION).values()) == [False, True, True, True, None]


def test_in_production_cookies_are_of_this_host_alone_and_the_desk_asks_for_a_second_factor() -> None:
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY")
    assert list(settings(*names, **PRODUCTION).values()) == ["__Host-sessionid", "__Host-csrftoken", "/", None, True, True]
    assert list(settings("USED_COOKIE_NAME", "MESSAGES_COOKIE_NAME", **PRODUCTION).values()) == ["__Host-used", "__Host-messages"]
    found = settings("SECOND_FACTOR", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "ALLAUTH_TRUSTED_PROXY_COUNT", **PRODUCTION)
    assert found == {"SECOND_FACTOR": True, "SECURE_HSTS_SECONDS": 31_536_000, "SECURE_HSTS_INCLUDE_SUBDOMAINS": True, "ALLAUTH_TRUSTED_PROXY_COUNT": 0}
    assert settings("SECOND_FACTOR", PROFILE="local", SECRET_KEY="x") == {"SECOND_FACTOR": False}


def test_a_local_trial_speaks_plain_http_and_shows_no_internals() -> None:
    found = settings("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "ALLOWED_HOSTS", PROFILE="local", SECRET_KEY="x")
    assert found == {"DEBUG": False, "SECURE_SSL_REDIRECT": False, "SESSION_COOKIE_SECURE": False, "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]"]}


def test_the_header_of_a_proxy_is_believed_only_when_told() -> None:
    assert settings("SECURE_PROXY_SSL_HEADER", **PRODUCTION, TRUST_PROXY="true") == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_variables_can_stand_in_a_file(tmp_path: Path) -> None:
    file, secret = tmp_path / "variables", "from-the-file-" * 4
    file.write_text(f"SECRET_KEY={secret}\nALLOWED_HOSTS=a.example,b.example\n")
    assert settings("SECRET_KEY", "ALLOWED_HOSTS", ENV_FILE=str(file)) == {"SECRET_KEY": secret, "ALLOWED_HOSTS": ["a.example", "b.example"]}


def test_postgresql_takes_its_options_from_the_address() -> None:
    address = "postgres://me:secret@db.example:5433/name?sslmode=require&connect_timeout=2"
    found = settings("DATABASES", **PRODUCTION, DATABASE_URL=address)["DATABASES"]["default"]
    assert (found["ENGINE"], found["HOST"], found["PORT"], found["NAME"]) == ("django.db.backends.postgresql", "db.example", 5433, "name")
    assert found["OPTIONS"] == {"sslmode": "require", "connect_timeout": 2, "application_name": "reaffirmed"}
    assert found["CONN_HEALTH_CHECKS"] is True


def test_several_servers_are_asked_for_the_one_that_is_needed() -> None:
    several = "postgres://me:secret@one.example:5433,two.example/name?sslmode=require"
    found = settings("DATABASES", "DATABASE_ROUTERS", "MIDDLEWARE", **PRODUCTION, DATABASE_URL=several, DATABASE_REPLICA_URL=several)
    options = [found["DATABASES"][alias]["OPTIONS"] for alias in ("default", "replica")]
    assert [(one["host"], one["port"], one["sslmode"]) for one in options] == [("one.example,two.example", "5433,5432", "require")] * 2
    assert [one["target_session_attrs"] for one in options] == ["read-write", "prefer-standby"]
    assert found["DATABASE_ROUTERS"] == ["config.replica.Router"]
    assert "config.replica.ReadFromReplica" in found["MIDDLEWARE"]


def test_nothing_is_left_on_a_connection_of_a_pool() -> None:
    found = settings("DATABASES", **PRODUCTION, DATABASE_URL="postgres://me@pool/name", DATABASE_POOLED="true")["DATABASES"]["default"]
    assert (found["DISABLE_SERVER_SIDE_CURSORS"], found["OPTIONS"]["prepare_threshold"]) == (True, None)


def test_sqlite_has_no_replicas_and_says_what_it_has_instead() -> None:
    done = run("manage.py", "check", **PRODUCTION, DATABASE_REPLICA_URL="postgres://me@db.example/name")
    assert done.returncode == 1
    assert "snapshot" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_node_for_readers_has_no_accounts_and_no_way_to_write() -> None:
    found = settings("DATABASES", "INSTALLED_APPS", "MIDDLEWARE", **PRODUCTION, READ_ONLY="true", DATABASE_URL="sqlite:////srv/a file/current.sqlite3")
    assert found["DATABASES"]["default"]["NAME"] == "file:/srv/a%20file/current.sqlite3?mode=ro&immutable=1"
    left = [
        name for name in found["INSTALLED_APPS"] + found["MIDDLEWARE"] if re.search("session|messages|csrf|desk|middleware.Authentication", name, re.IGNORECASE)
    ]
    assert left == []
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION, READ_ONLY="true", DATABASE_URL="sqlite:////srv/current.sqlite3")
    assert done.returncode == 0, done.stderr


def test_sqlite_waits_for_other_writers_and_survives_a_power_cut() -> None:
    options = settings("DATABASES", **PRODUCTION)["DATABASES"]["default"]["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert [pragma for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON") if pragma not in options["init_command"]] == []


def test_the_deployment_check_has_nothing_to_say_of_production() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0
    assert "no issues (0 silenced)" in done.stdout + done.stderr


def test_a_secret_is_made_once_and_kept_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret_key"
    first = kept_secret(path)
    assert len(first) > 60
    assert kept_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_version_is_that_of_the_newest_heading(tmp_path: Path) -> None:
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text("# Changelog\n\n## Unreleased\n\n## 2.10.0 (2027-01-01)\n\n## 2.9.9 (2026-12-01)\n")
    assert newest_version(changelog) == "2.10.0"
    assert VERSION in (BASE_DIR / "CHANGELOG.md").read_text("utf-8")
