"""The queues on the first page: each count is the number of rows of its list, each row leads to the work, and nobody sees what is not theirs to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.admin.desk import change, move, save, somebody
from tests.universe import Universe
from tracker.admin import work
from tracker.curation.queues import board, rows
from tracker.models import Deadline, Meeting, Mention, Milestone, Party, Report, Source


def waiting(client: Client) -> dict[str, str]:
    """Return what the first page counts, by the key of the queue."""
    lines = client.get(reverse("admin:index")).context["work"]
    return {line.address.split("/")[-2]: str(line.number) for line in lines if "/work/" in line.address}


def listed(client: Client, key: str, page: int = 1) -> list[Any]:
    answer = client.get(reverse("admin:work", args=[key]), {"p": page})
    assert answer.status_code == 200
    return list(answer.context["rows"])


def test_each_count_is_that_of_its_list_and_each_row_leads_to_the_work(universe: Universe, roles: None, editor: Client) -> None:
    author = somebody("Editor", "author")
    mention = Mention.objects.filter(commitment__slug="ferry-line").first()
    assert mention is not None
    save(author, change(mention), summary="Another summary.")
    save(author, reverse("admin:tracker_party_add"), name="A forum", slug="a-forum", kind="organization")
    waits = Party.objects.get(slug="a-forum")
    Report.objects.filter(meeting__slug="hillton-23").update(read_on=None, read_by="")
    Source.objects.filter(slug="north-23").update(text="Both sides met.\nThey spoke of the mill.")
    Deadline.objects.update(outcome="pending", resolved_earliest=None, resolved_latest=None)
    assert waiting(author)["mine"] == "1"
    move(author, waits, "submit")
    assert waiting(author)["mine"] == "0"
    found = waiting(editor)
    assert (found["review"], found["proposals"]) == ("1", "1")
    assert {key for key, number in found.items() if number != "0"} == {
        "review",
        "proposals",
        "read",
        "find",
        "overdue",
        "single",
        "one-sided",
        "claims",
        "phrases",
    }
    for key, number in found.items():
        here = listed(editor, key)
        assert str(len(here)) == number, key
        assert all(row.why for row in here), key
        for row in here[:2]:
            assert editor.get(row.address).status_code == 200, row
    desks = [row.address for row in listed(editor, "read")]
    assert reverse("admin:tracker_source_read", args=[Source.objects.get(slug="north-23").pk, Meeting.objects.get(slug="hillton-23").pk]) in desks


def test_a_queue_is_shown_to_those_who_can_act_on_it_alone(universe: Universe, roles: None, author: Client, reviewer: Client) -> None:
    assert {"read", "mine", "single"} <= set(waiting(author))
    assert not {"review", "proposals"} & set(waiting(author))
    assert {"review", "proposals"} <= set(waiting(reviewer))
    assert waiting(somebody("")) == {}
    for key in ("review", "proposals"):
        assert author.get(reverse("admin:work", args=[key])).status_code == 403
    assert author.get(reverse("admin:work", args=["nonsense"])).status_code == 404


def test_nobody_reviews_what_they_submitted(universe: Universe, roles: None, reviewer: Client, settings: Any) -> None:
    save(reviewer, reverse("admin:tracker_party_add"), name="A forum", slug="a-forum", kind="organization")
    move(reviewer, Party.objects.get(slug="a-forum"), "submit")
    assert waiting(reviewer)["review"] == "0"
    settings.FOUR_EYES = False
    assert waiting(reviewer)["review"] == "1"


def test_nobody_counts_further_than_is_said(universe: Universe, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rows, work):
        monkeypatch.setattr(module, "MANY", 2)
    Mention.objects.update(standing="claimed")
    assert waiting(editor)["claims"] == "2+"
    answer = editor.get(reverse("admin:work", args=["claims"]))
    assert "More than 2 rows; nobody counts further." in answer.content.decode()


def test_pages_of_a_queue_follow_each_other_across_kinds_of_records(universe: Universe, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for model in (Mention, Milestone):
        model._default_manager.update(standing="claimed")
    together = listed(editor, "claims")
    assert len({row.kind for row in together}) > 1
    monkeypatch.setattr(work, "ON_A_PAGE", 3)
    parts = [listed(editor, "claims", number) for number in range(1, len(together) // 3 + 2)]
    assert [row for part in parts for row in part] == together
    for nonsense in ("0", "-1", "x", "9" * 30, "%00"):
        assert editor.get(reverse("admin:work", args=["claims"]) + f"?p={nonsense}").status_code in {200, 400}


def test_a_queue_from_elsewhere_is_added_in_one_line(universe: Universe, editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one = work.Elsewhere("Twins", lambda _asker: True, lambda: 7, "admin:load")
    monkeypatch.setattr(work, "ELSEWHERE", (one,))
    last = editor.get(reverse("admin:index")).context["work"][-1]
    assert (last.title, str(last.number), last.address) == ("Twins", "7", reverse("admin:load"))


def test_every_queue_has_a_key_of_its_own() -> None:
    assert len(board.BY_KEY) == len(board.QUEUES)


@pytest.mark.parametrize("name", ["editing", "coding"])
def test_the_guides_are_read_at_the_desk(editor: Client, name: str) -> None:
    page = editor.get(reverse("admin:guide", args=[name])).content.decode()
    assert '<div class="wide" tabindex="0"><table>' in page
    assert ".md" not in page.split('id="content-main"')[1]
