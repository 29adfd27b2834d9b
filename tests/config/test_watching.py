"""How the service is, what is logged and counted of it, and how an error is found again."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from config.settings import BASE_DIR
from config.watching.errors import _without_what_was_asked, report_to
from config.watching.logs import Json, Lines
from config.watching.requests import HEADER
from tests.costs import OTHERS, assert_cost_is_flat, cost
from tests.universe import Universe
from tracker.models import SearchEntry

HEALTH, READY = reverse("tracker:healthz"), reverse("tracker:readyz")
COLOURED = "a\r\nGET /admin/ 200\x1b[31m\u2028red\x85"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """Return what is logged as JSON meanwhile."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Json())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def test_how_the_service_is_costs_the_same_with_more_rows_and_nobody_keeps_it(client: Client, universe: Universe) -> None:
    assert_cost_is_flat(lambda: (client.get(HEALTH), client.get(READY)), universe.grow, budget=OTHERS)
    for address in (HEALTH, READY):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        assert "no-store" in answer.headers["Cache-Control"]
        assert not answer.cookies
        assert "ETag" not in answer.headers
        assert client.post(address).status_code == 405


def test_a_process_lives_whatever_the_database_does(client: Client, db: None) -> None:
    assert cost(lambda: client.get(HEALTH)) == []


def test_ready_says_what_is_missing(client: Client, universe: Universe) -> None:
    told = client.get(READY).json()
    assert (told["ready"], told["reasons"], told["data"]["changed"], told["data"]["version"]) == (True, [], "2026-01-31T00:00:00+00:00", 1)
    assert told["data"]["age_seconds"] > 0
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '0014_seals'")
    answer = client.get(READY)
    assert (answer.status_code, answer.json()["ready"], answer.json()["reasons"]) == (503, False, ["Migrations that are not applied: 1."])
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tracker', '0014_seals', '2026-01-01 00:00:00+00:00')")
    assert client.get(READY).json()["reasons"] == ["The index of the search is empty, and the record is not."]


def test_ready_says_that_the_database_is_away_and_not_where_it_is(client: Client, db: None, log: StringIO) -> None:
    def away(*_arguments: Any) -> None:
        raise OperationalError('connection to server at "db.internal", port 5432 failed')

    with connection.execute_wrapper(away):
        answer = client.get(READY)
        assert client.get(HEALTH).status_code == 200
    assert (answer.status_code, answer.json()) == (503, {"ready": False, "reasons": ["No database can be reached."], "warnings": []})
    assert "db.internal" in log.getvalue()


class Replica:
    """A standby that is so many seconds behind, or away."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds

    def cursor(self) -> Any:
        if self.seconds is None:
            raise OperationalError("away")
        return self

    def __enter__(self) -> Replica:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def execute(self, _statement: str) -> None:
        pass

    def fetchone(self) -> tuple[float | None]:
        return (self.seconds,)


@pytest.mark.parametrize(
    ("seconds", "status", "word"),
    [(0.2, 200, "lag_seconds"), (61, 503, "61 seconds behind; at most 60 are allowed"), (None, 200, "The replica can't be reached")],
)
def test_ready_looks_how_far_a_replica_is_behind(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, seconds: float | None, status: int, word: str
) -> None:
    class WithReplica:
        settings = {**connections.settings, "replica": {}}

        def __getitem__(self, alias: str) -> Any:
            return Replica(seconds) if alias == "replica" else connections[alias]

    monkeypatch.setattr("tracker.queries.readiness.connections", WithReplica())
    answer = client.get(READY)
    assert (answer.status_code, word in answer.content.decode()) == (status, True)


@pytest.mark.parametrize(
    ("given", "kept"), [("0123abcd", True), ("proxy-7.f_1", True), ("short", False), ("a" * 65, False), ("x y-evil-name", False), ("äöü-äöü-äöü", False)]
)
def test_a_request_keeps_the_name_that_a_proxy_gave_it_if_that_is_one(client: Client, given: str, kept: bool) -> None:
    name = client.get(HEALTH, headers={HEADER: given})[HEADER]
    assert (name == given) is kept
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", name)


def test_a_request_is_one_line_of_the_log_that_tells_no_secret(editor: Client, log: StringIO) -> None:
    editor.post(reverse("admin:index"), {"password": "canary-password"}, query_params={"q": "canary-query"})
    editor.get(f"/{COLOURED}/")
    logging.getLogger("somebody").warning("said %s", COLOURED, extra={"request": "canary-request"})
    lines = log.getvalue().splitlines()
    told = [json.loads(line) for line in lines]
    assert "canary" not in log.getvalue()
    assert str(editor.cookies["sessionid"].value) not in log.getvalue()
    requests = [one for one in told if one["logger"] == "reaffirmed.request"]
    assert [(one["status"], one["view"]) for one in requests] == [(200, "admin:index"), (404, "")]
    assert all(one["request_id"] and one["time"].endswith("+00:00") for one in requests)
    assert requests[0]["user"] > 0
    record = logging.LogRecord("x", logging.INFO, "", 0, COLOURED, (), None)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028]", Lines().format(record) + Json().format(record))


def test_an_error_is_answered_with_the_name_that_stands_in_the_log(client: Client, db: None, monkeypatch: pytest.MonkeyPatch, log: StringIO) -> None:
    def broken(*_arguments: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("tracker.views.watching.readiness", broken)
    client.raise_request_exception = False
    answer = client.get(READY)
    assert (answer.status_code, f"<code>{answer[HEADER]}</code>" in answer.content.decode()) == (500, True)
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [one["request_id"] for one in told if "ZeroDivisionError" in one.get("exception", "")] == [answer[HEADER]]


def test_errors_are_reported_without_what_was_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    request = {
        "method": "GET",
        "url": "https://example.org/",
        "query_string": "q=canary",
        "cookies": "canary",
        "headers": {"Cookie": "canary"},
        "data": "canary",
    }
    assert "canary" not in json.dumps(_without_what_was_asked({"request": request}, None))
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(ImproperlyConfigured, match=r"requirements-sentry\.txt"):
        report_to("https://key@example.org/1", "1.0", "production")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def fetched(address: str) -> Any:
    for _try in range(600):
        try:
            return urlopen(Request(address, headers={HEADER: "from-the-test"}), timeout=30)
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"nothing answers at {address}")


def test_all_processes_of_gunicorn_are_counted_together_by_name_of_address(tmp_path: Path) -> None:
    port, metrics = free_port(), free_port()
    own = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(port),
        "METRICS_PORT": str(metrics),
        "LOG_FORMAT": "json",
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "WEB_CONCURRENCY": "2",
    }
    with (tmp_path / "log").open("w") as log:
        command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
        server = subprocess.Popen(command, cwd=BASE_DIR, env={**os.environ, **own, "LOG_LEVEL": "INFO", "DEBUG": "true"}, stdout=log, stderr=log)
    try:
        for _time in range(10):
            assert fetched(f"http://127.0.0.1:{port}{HEALTH}").headers[HEADER] == "from-the-test"
        counted = fetched(f"http://127.0.0.1:{metrics}/metrics").read().decode()
    finally:
        server.terminate()
        server.wait(20)
    lines = [json.loads(line) for line in (tmp_path / "log").read_text("utf-8").splitlines() if line.startswith("{")]
    answered = [one["request_id"] for one in lines if one.get("view") == "tracker:healthz"]
    assert set(answered) == {"from-the-test"}
    assert len(answered) >= 10
    assert f'reaffirmed_requests_total{{method="GET",status="200",view="tracker:healthz"}} {len(answered)}.0' in counted
    assert f'reaffirmed_request_seconds_count{{view="tracker:healthz"}} {len(answered)}.0' in counted
