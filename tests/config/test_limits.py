"""A statement of a reader that takes too long is stopped; editors and commands have all the time they need."""

from __future__ import annotations

import time

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.limits import StatementLimit, limited, took_too_long
from tests.config.test_unavailable import refused

pytestmark = pytest.mark.django_db
COUNT = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n"


def slow() -> None:
    """Ask for what takes some tenths of a second."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.4)" if connection.vendor == "postgresql" else COUNT)
        cursor.fetchall()


def test_a_statement_is_stopped_when_its_time_is_up() -> None:
    begun = time.monotonic()
    with pytest.raises(OperationalError) as stopped, transaction.atomic(), limited(0.05):
        slow()
    assert time.monotonic() - begun < 0.3
    assert took_too_long(stopped.value)
    slow()


def test_readers_are_limited_and_editors_are_not(settings: object) -> None:
    settings.STATEMENT_SECONDS = 0.05  # type: ignore[attr-defined]

    def view(_request: HttpRequest) -> HttpResponse:
        slow()
        return HttpResponse()

    middleware, requests = StatementLimit(view), RequestFactory()
    with pytest.raises(OperationalError), transaction.atomic():
        middleware(requests.get("/commitments/"))
    assert middleware(requests.get("/admin/")).status_code == 200
    editor = requests.get("/commitments/")
    editor.COOKIES["sessionid"] = "somebody"
    assert middleware(editor).status_code == 200


def test_readers_are_told_to_ask_for_less(client: Client) -> None:
    with refused(lambda _sql: True, "interrupted"):
        page, program = client.get("/commitments/"), client.get("/api/v1/parties/")
    assert (page.status_code, program.status_code) == (503, 503)
    assert "takes too long" in page.content.decode()
    assert "Ask for less" in program.json()["detail"]


def test_other_trouble_is_not_taken_for_slowness() -> None:
    assert not took_too_long(OperationalError("database is locked"))
