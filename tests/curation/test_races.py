"""Many at once at one record: of all who move it one does, and of all who save it nobody's work is written over unseen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, connections
from django.test import Client, RequestFactory

from tests.admin.desk import Sent, change, desk, form_of
from tracker.admin.sent import as_it_stands, forms_of
from tracker.admin.stamps import OPENED, stamped
from tracker.curation.workflow import Hand, Move, move_all
from tracker.models import Party
from tracker.models.edit import versions_of

pytestmark = pytest.mark.django_db(transaction=True)

EDITORS, EDITS = 8, 25
Together = Callable[[Callable[[int], Any]], list[Any]]


@pytest.fixture
def together(roles: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Together:
    """Return a function that lets all editors act at once, each with a connection of their own.

    On SQLite it is one to a file: connections to one memory block each other.
    """
    Party.objects.create(name="Weirland", slug="weirland", kind="state", iso2="XW")
    for number in range(EDITORS):
        get_user_model().objects.create_user(f"editor-{number}", is_staff=True).groups.set(Group.objects.filter(name="Administrator"))
    if connection.vendor == "sqlite":
        with sqlite3.connect(tmp_path / "file.sqlite3") as file:
            connection.connection.backup(file)
        monkeypatch.setitem(connections.settings["default"], "NAME", str(tmp_path / "file.sqlite3"))
    start = Barrier(EDITORS)

    def one(act: Callable[[int], Any], number: int) -> Any:
        try:
            start.wait(30)
            return act(number)
        finally:
            connections.close_all()

    def run(act: Callable[[int], Any]) -> list[Any]:
        with ThreadPoolExecutor(EDITORS) as pool:
            return [done.result() for done in [pool.submit(one, act, number) for number in range(EDITORS)]]

    return run


def test_of_all_who_publish_a_record_at_once_one_does(together: Together) -> None:
    def publish(number: int) -> tuple[int, list[str], int]:
        user, row = get_user_model().objects.get(username=f"editor-{number}"), Party.objects.get()
        if number == 0:
            move_all([(row, row.revision)], Move.SUBMIT, Hand(user, datetime(2026, 1, 1, tzinfo=UTC)))
            row.refresh_from_db()
        ready.wait(60)
        row = Party.objects.get()
        moved = move_all([(row, row.revision)], Move.PUBLISH, Hand(user, datetime(2026, 1, 2, tzinfo=UTC)))
        ready.wait(60)
        return len(moved.rows), [why for _row, why in moved.refused], versions_of(Party)._default_manager.filter(state="published").count()

    ready = Barrier(EDITORS)
    found = together(publish)
    assert found[0][:2] == (0, ["you changed or submitted it last: a second person publishes it"]) or found[0][1] == ["it is published"]
    assert sum(moved for moved, _why, _versions in found) == 1
    told = {"somebody else changed it meanwhile: look at it again", "it is published"}
    assert {why for _moved, some, _versions in found[1:] for why in some} <= told
    assert {versions for _moved, _why, versions in found} == {1}


def opened(user: Any) -> Sent:
    """Return what a browser would send of the form as it stands now. That it does so the other tests show; reading 200 pages would take its time."""
    request = RequestFactory().get("/")
    request.user = user
    form, formsets = forms_of(desk(Party), request, Party.objects.get())
    return dict(as_it_stands(form, formsets).lists()) | {OPENED: [stamped(form, formsets)]}


def test_eight_editors_lose_no_update_and_are_told_of_each_conflict(together: Together) -> None:
    """Each saves a name and remembers which it saw: in the history that one must stand before it."""

    def edit(number: int) -> tuple[dict[str, str], int, Any]:
        client, user = Client(), get_user_model().objects.get(username=f"editor-{number}")
        saved: dict[str, str] = {}
        conflicts, where = 0, change(Party.objects.get())
        client.force_login(user)
        for turn in range(EDITS):
            sent, name = opened(user), f"Weirland {number} {turn}"
            answer = client.post(where, sent | {"name": [name]})
            if answer.status_code == 302:
                saved[name] = sent["name"][0]
            else:
                page = answer.content.decode()
                assert "Somebody else has saved this, too" in page
                assert name in page
                conflicts += 1
        # A machine that does much else takes its time for two hundred edits.
        ready.wait(300)
        kept = versions_of(Party)._default_manager.order_by("history_id").values_list("name", flat=True)
        return saved, conflicts, (list(kept), Party.objects.get().revision)

    ready = Barrier(EDITORS)
    found = together(edit)
    saved = {name: seen for some, _conflicts, _kept in found for name, seen in some.items()}
    names, revision = found[0][2]
    assert len(saved) + sum(conflicts for _saved, conflicts, _kept in found) == EDITORS * EDITS
    assert dict(zip(names[1:], names, strict=False)) == saved
    assert revision == len(saved) + 1
    assert sum(conflicts for _saved, conflicts, _kept in found) > 0


def test_two_who_add_the_same_new_code_at_once_are_told_so(together: Together) -> None:
    def add(number: int) -> tuple[int, bool]:
        client = Client()
        client.force_login(get_user_model().objects.get(username=f"editor-{number}"))
        sent = form_of(client.get("/admin/tracker/party/add/"))
        ready.wait(60)
        answer = client.post(
            "/admin/tracker/party/add/", sent | {"name": [f"Sluice {number}"], "slug": [f"sluice-{number}"], "kind": ["state"], "iso2": ["XS"]}
        )
        return answer.status_code, answer.status_code == 302 or "Another party has this country code." in answer.content.decode()

    ready = Barrier(EDITORS)
    found = together(add)
    assert sorted(status for status, _told in found) == [200] * (EDITORS - 1) + [302]
    assert all(told for _status, told in found)
