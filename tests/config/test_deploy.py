"""The files that run the application on a server name things that exist. That they start is drilled: benchmarks/drills."""

from __future__ import annotations

import re
import runpy
from configparser import ConfigParser

from django.conf import settings
from django.core.management import get_commands

from config.readers import PIN
from config.settings import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
TEXTS = {path.relative_to(BASE_DIR).as_posix(): path.read_text("utf-8") for path in [*DEPLOY.rglob("*.*"), BASE_DIR / "compose.yaml", BASE_DIR / "Dockerfile"]}
RUNNING = (BASE_DIR / "docs/running.md").read_text("utf-8").partition("## On a server")[2]


def test_every_command_that_a_server_runs_is_there() -> None:
    named = {name for text in [*TEXTS.values(), RUNNING] for name in re.findall(r"(?:manage\.py|manage) ([a-z]\w+)", text)}
    assert {"migrate", "build_data", "backup", "load_if_empty"} <= named
    assert named - set(get_commands()) == set()


def test_every_unit_that_is_named_is_shipped() -> None:
    units = {path.name for path in (DEPLOY / "systemd").iterdir()}
    named = set(re.findall(r"reaffirmed-\w+\.(?:service|timer)", "".join(TEXTS.values()) + RUNNING))
    assert named <= units
    assert {name.replace(".timer", ".service") for name in units} <= units


def test_every_variable_that_is_set_is_one_of_ours() -> None:
    known = set(re.findall(r"^#?([A-Z_]+)=", (BASE_DIR / ".env.example").read_text("utf-8"), re.MULTILINE)) | {"GUNICORN_BIND", "ENV_FILE"}
    compose = set(re.findall(r"^      ([A-Z_]+):", TEXTS["compose.yaml"].partition("migrate:")[2], re.MULTILINE))
    by_hand = set(re.findall(r"^    ([A-Z_]+)=", RUNNING, re.MULTILINE))
    assert {"SECRET_KEY", "DATABASE_URL", "TRUST_PROXY"} <= compose & by_hand
    assert (compose | by_hand) - known == set()


def test_nginx_and_gunicorn_meet_at_one_socket() -> None:
    bind = runpy.run_path(str(DEPLOY / "gunicorn.py"))["bind"]
    assert f"server {bind} " in TEXTS["deploy/nginx.conf"]
    assert "RuntimeDirectory=reaffirmed\n" in TEXTS["deploy/systemd/reaffirmed-web.service"]
    assert bind.startswith("unix:/run/reaffirmed/")


def test_nginx_keeps_no_page_of_who_has_a_session() -> None:
    nginx = TEXTS["deploy/nginx.conf"]
    (pattern,) = re.findall(r"^    ~(\S*sessionid\S*) 1;", nginx, re.MULTILINE)
    assert all(re.search(pattern, f"a=b; {name}=c") for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, PIN))
    assert "proxy_cache_bypass $reaffirmed_somebody;" in nginx
    assert "proxy_no_cache     $reaffirmed_somebody $reaffirmed_untagged $reaffirmed_private;" in nginx


def test_the_pool_stops_readers_when_the_application_would() -> None:
    ini = ConfigParser(interpolation=None)
    ini.read_string(TEXTS["deploy/pgbouncer.ini"])
    default = re.search(r"STATEMENT_SECONDS=(\d+)", (BASE_DIR / ".env.example").read_text("utf-8"))
    assert default
    assert f"statement_timeout = {int(default[1]) * 1000}'" in ini["databases"]["reaffirmed_read"]
    assert "statement_timeout" not in ini["databases"]["reaffirmed"]
    assert ini["pgbouncer"]["pool_mode"] == "transaction"
