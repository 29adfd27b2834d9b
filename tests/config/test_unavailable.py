"""While the database can't be used nothing that was typed is lost, and readers are told to come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from tests.admin.desk import address, change, form_of
from tracker.models import Party

pytestmark = pytest.mark.django_db


@contextmanager
def refused(when: Callable[[str], bool], why: str = "database is locked") -> Iterator[None]:
    """Let the database refuse the statements that ``when`` picks, as it does while a load holds the lock or the disk is full."""

    def execute(run: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if when(sql):
            raise OperationalError(why)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def writes(sql: str) -> bool:
    return sql.startswith(("INSERT", "UPDATE", "DELETE"))


def test_what_an_editor_typed_is_kept_and_can_be_sent_again(editor: Client) -> None:
    party = Party.objects.create(slug="north", name="North", kind="state", state="draft")
    sent = form_of(editor.get(change(party))) | {"name": ['Nörth "of" <the> sea\r\nand more']}
    with refused(writes):
        answer = editor.post(change(party), sent)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert Party.objects.get().name == "North"
    again = form_of(answer)
    assert again == sent
    assert editor.post(change(party), again | {"name": ["Northern"]}).status_code == 302
    assert Party.objects.get().name == "Northern"


@pytest.mark.parametrize("when", [lambda _sql: True, writes], ids=["everything", "writes"])
def test_a_password_is_not_repeated(client: Client, when: Callable[[str], bool]) -> None:
    with refused(when):
        answer = client.post(reverse("account_login"), {"login": "somebody", "password": "a secret"})
    assert answer.status_code == 503
    assert "a secret" not in answer.content.decode()


@pytest.mark.parametrize("path", ["/", "/commitments/", "/search/?q=mill"])
def test_readers_are_told_to_come_back(client: Client, path: str) -> None:
    with refused(lambda _sql: True):
        answer = client.get(path)
    assert answer.status_code == 503
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert f'href="{path}"' in answer.content.decode()


def test_trouble_outside_of_a_view_is_told_as_well(editor: Client) -> None:
    editor.raise_request_exception = False
    with refused(lambda sql: "django_session" in sql):
        assert editor.get(address(Party, "changelist")).status_code == 503


def test_programs_are_told_in_their_own_way(client: Client) -> None:
    with refused(lambda sql: "tracker_party" in sql):
        answer = client.get(reverse("api:parties"))
    assert (answer.status_code, answer["Retry-After"], answer["Content-Type"]) == (503, "30", "application/problem+json")
    assert answer.json()["status"] == 503


def test_a_page_whose_version_is_not_known_is_sent_without_one(client: Client) -> None:
    with refused(lambda sql: "dataversion" in sql):
        answer = client.get("/methods/")
    assert answer.status_code == 200
    assert "ETag" not in answer
