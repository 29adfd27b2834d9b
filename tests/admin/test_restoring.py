"""An earlier version of a record is restored exactly, as a new edit with its reason, by who may change the record."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.desk import address, another, change, form_of, said, save, somebody
from tests.admin.test_saving import assert_roll_ups_are_true, everything
from tests.universe import Universe
from tracker.admin.edits import REASON
from tracker.models import Attendance, Commitment, Meeting, Mention, Party, Source
from tracker.models.edit import versions_of
from tracker.search import entries

pytestmark = pytest.mark.usefixtures("universe", "roles")


def versions(row: Any) -> list[Any]:
    return list(versions_of(type(row))._default_manager.filter(id=row.pk).order_by("history_id"))


def back(client: Client, row: Any, number: int = 0, reason: str = "It was right.", **typed: Any) -> Any:
    """Restore a version of ``row`` by its place in the history."""
    where = address(type(row), "restore", row.pk, versions(row)[number].pk)
    return client.post(where, form_of(client.get(where)) | {REASON: [reason]} | typed, follow=True)


def test_every_field_and_pair_comes_back_exactly(editor: Client) -> None:
    before, commitment = everything(), Commitment.objects.get(slug="salt-mill")
    typed: dict[str, Any] = {"name": "Salt works", "description": "Other.", "listed_on": "2020-01-01", "minimum_level": "2"}
    typed |= {"parent": Commitment.objects.get(slug="transport").pk, "parties": [Party.objects.get(slug="northmark").pk]}
    assert save(editor, change(commitment), **typed).status_code == 302
    assert everything() != before
    assert "The record is as it was then." in said(back(editor, commitment))
    assert everything() == before
    last = versions(commitment)[-1]
    assert (len(versions(commitment)), last.history_change_reason, last.history_user.username, last.shown) == (3, "It was right.", "editor", "corrected")
    assert_roll_ups_are_true()
    assert entries.faults() == []


def test_what_stood_beside_it_comes_back_too(editor: Client) -> None:
    meeting = Meeting.objects.get(slug="oakport-21")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    before = everything()
    assert save(editor, change(meeting), place="Elsewhere", attendances_0_office="Envoy", attendances_1_DELETE="on").status_code == 302
    sent = another(editor, change(meeting), "attendances", key="new", party=Party.objects.get(slug="southland").pk, office="Guest")
    assert editor.post(change(meeting), sent).status_code == 302
    page = editor.get(address(Meeting, "restore", meeting.pk, versions(meeting)[0].pk)).content.decode()
    assert "comes back" in page
    assert "goes: it was added since" in page
    back(editor, meeting)
    assert everything() == before
    back(editor, meeting, number=2)
    assert Attendance.objects.filter(office="Guest").exists()
    assert meeting.attendances.count() == 3


def test_nothing_published_goes_with_an_older_version(editor: Client) -> None:
    mention = Mention.objects.get(commitment__slug="salt-mill", meeting__slug="salt-room-25")
    new = {"key": "new", "source": Source.objects.get(slug="north-24").pk, "paraphrase": "Said.", "reach": "voiced", "act": "agreed"}
    there = mention.citations.count()
    sent = another(editor, change(mention), "citations", **new) | {REASON: ["Found."], "summary": ["Twice."]}
    assert editor.post(change(mention), sent).status_code == 302
    assert "stays: nothing published is deleted" in editor.get(address(Mention, "restore", mention.pk, versions(mention)[0].pk)).content.decode()
    back(editor, mention)
    mention.refresh_from_db()
    assert (mention.summary, mention.citations.count()) == ("", there + 1)


def test_an_address_and_a_state_that_readers_know_stay(editor: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    assert save(editor, change(meeting), slug="reed-2024", place="Reed Hall").status_code == 302
    Meeting.objects.filter(pk=meeting.pk).update(state="withdrawn", withdrawn_reason="Said twice.")
    back(editor, meeting)
    meeting.refresh_from_db()
    assert (meeting.slug, meeting.place, meeting.state) == ("reed-2024", "Reed", "withdrawn")


def test_it_is_refused_without_a_reason_or_if_somebody_was_faster(editor: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    save(editor, change(meeting), place="Reed Hall")
    assert "Say why" in said(back(editor, meeting, reason=" "))
    assert "changed by somebody else" in said(back(editor, meeting, revision=["1"]))
    assert "changed by somebody else" in said(back(editor, meeting, revision=["x"]))
    meeting.refresh_from_db()
    assert meeting.place == "Reed Hall"


def test_what_stands_against_it_is_told(editor: Client) -> None:
    party = Party.objects.get(slug="southland")
    save(editor, change(party), iso2="XW")
    Party.objects.create(name="Weirland", slug="weirland", kind="state", iso2="XS")
    assert "Another party has this country code." in said(back(editor, party))


def test_only_who_may_change_it_at_once_is_offered_it(universe: Universe) -> None:
    author, reviewer = somebody("Editor"), somebody("Reviewer")
    meeting = Meeting.objects.get(slug="reed-24")
    save(reviewer, change(meeting), place="Reed Hall")
    where = address(Meeting, "restore", meeting.pk, versions(meeting)[0].pk)
    assert where in reviewer.get(address(Meeting, "history", meeting.pk)).content.decode()
    assert where not in author.get(address(Meeting, "history", meeting.pk)).content.decode()
    assert author.get(where).status_code == author.post(where, {REASON: "No.", "revision": "2"}).status_code == 403
    for key, version in ((meeting.pk, 0), (meeting.pk, 9**25), (0, 1), ("x", 1), (Meeting.objects.get(slug="oakport-21").pk, versions(meeting)[0].pk)):
        assert reviewer.get(address(Meeting, "restore", key, version)).status_code == 404
