"""The history of what editors do: one version of each record per save, who saved it and why, and the page that tells of it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from tests.admin.desk import RECORDS, address, another, beside, change, form_of, rows, save
from tests.universe import Universe
from tracker.admin.edits import REASON
from tracker.models import Attendance, Citation, Commitment, Edit, Meeting, Mention, Party, Source
from tracker.models.edit import versions_of


def versions(row: Any) -> list[Any]:
    return list(versions_of(type(row))._default_manager.filter(id=row.pk).order_by("history_id"))


def test_a_correction_is_one_version_with_who_when_and_why(universe: Universe, editor: Client) -> None:
    commitment = Commitment.objects.get(slug="salt-mill")
    parties = [Party.objects.get(slug="northmark").pk]
    assert save(editor, change(commitment), name="Salt works", parties=parties, **{REASON: " Renamed\n in 2025. "}).status_code == 302
    first, second = versions(commitment)
    assert (first.name, second.name, second.history_type, second.shown) == ("Salt mill", "Salt works", "~", "corrected")
    assert (second.history_change_reason, second.history_user.username) == ("Renamed in 2025.", "editor")
    assert (first.parties.count(), second.parties.count()) == (2, 1)
    assert second.edit.by == second.history_user
    assert second.edit.made == second.history_date
    assert not hasattr(second.edit, "load")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_a_form_saved_as_it_stands_leaves_no_version(universe: Universe, editor: Client, model: type[Model]) -> None:
    row = rows(model)[0]
    assert save(editor, change(row)).status_code == 302
    assert len(versions(row)) == 1
    assert Edit.objects.count() == 1


def test_a_row_beside_a_record_that_was_corrected_leaves_a_version_of_both(universe: Universe, editor: Client) -> None:
    mention = Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="quay-24")
    citation, other = mention.citations.order_by("pk")
    assert save(editor, change(mention), citations_0_paraphrase="They signed.", **{REASON: "Said so."}).status_code == 302
    assert [len(versions(row)) for row in (mention, citation, other)] == [2, 2, 1]
    assert save(editor, change(citation), paraphrase="Both signed.").status_code == 302
    assert [len(versions(row)) for row in (mention, citation, other)] == [3, 3, 1]


def test_a_record_added_with_its_rows_is_one_edit(universe: Universe, editor: Client) -> None:
    sent = another(editor, address(Meeting, "add"), "attendances", key="vane", party=Party.objects.get(slug="northmark").pk, office="Chancellor")
    fields = {"title": "Talks at the weir", "slug": "weir-2024", "format": "talks", "level": "4", "starts": "2024-02"}
    series, remit = Commitment.objects.get(slug="energy").series, Commitment.objects.get(slug="salt-mill")
    assert editor.post(address(Meeting, "add"), sent | fields | {"series": series.pk, "remit": [remit.pk]}).status_code == 302
    meeting, there = Meeting.objects.get(slug="weir-2024"), Attendance.objects.get(office="Chancellor", meeting__slug="weir-2024")
    (version,), (beside,) = versions(meeting), versions(there)
    assert (version.history_type, version.shown, version.remit.get().commitment) == ("+", "", remit)
    assert (beside.history_type, beside.shown, beside.edit) == ("+", "", version.edit)


def test_a_correction_without_a_reason_is_not_saved(universe: Universe, editor: Client) -> None:
    mention = Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="quay-24")
    citation = mention.citations.order_by("pk")[0]
    for where, typed in (
        (change(mention), {"summary": "They met."}),
        (change(mention), {"citations_0_paraphrase": "So."}),
        (change(citation), {"note": "So."}),
    ):
        assert "Say why" in beside(save(editor, where, **typed, **{REASON: " \n"}), REASON)
    assert [len(versions(row)) for row in (mention, citation)] == [1, 1]
    assert save(editor, change(mention), **{REASON: ""}).status_code == 302


def test_a_draft_leaves_versions_that_readers_are_not_told_of(universe: Universe, editor: Client) -> None:
    fields = {"title": "Draft", "slug": "draft", "publisher": "Post", "kind": "newspaper", "language": "en", "fidelity": "original", "carried": "own"}
    sent: dict[str, Any] = dict(form_of(editor.get(address(Source, "add"))))
    assert editor.post(address(Source, "add"), sent | fields).status_code == 302
    source = Source.objects.get(slug="draft")
    assert REASON not in form_of(editor.get(change(source)))
    assert [(one.history_type, one.shown, one.edit.public) for one in versions(source)] == [("+", "", False)]
    key = source.pk
    assert editor.post(address(Source, "delete", key), {"post": "yes"}).status_code == 302
    last: Any = versions_of(Source)._default_manager.filter(id=key).order_by("-history_id")[0]
    assert (last.history_type, last.shown, last.history_user.username) == ("-", "", "editor")


def test_a_new_text_leaves_no_version_and_no_trace_of_itself(universe: Universe, editor: Client) -> None:
    source = Source.objects.get(slug="wire-24")
    assert save(editor, change(source), text="Private.").status_code == 302
    assert len(versions(source)) == 1


def test_the_history_of_a_record_tells_each_field_old_and_new(universe: Universe, editor: Client) -> None:
    meeting, journey = Meeting.objects.get(slug="reed-24"), Meeting.objects.get(slug="oakport-25")
    assert save(editor, change(meeting), level="2", place="<b>Reed", part_of=journey.pk, **{REASON: "As the <i>protocol says."}).status_code == 302
    page = editor.get(address(Meeting, "history", meeting.pk)).content.decode()
    assert "Heads of state or government → Senior officials" in page
    assert "Reed → &lt;b&gt;Reed" in page
    assert "Talks oakport-25, 2025-09-02" in page
    assert "As the &lt;i&gt;protocol says." in page
    assert "this desk" in page
    assert "a load" in page
    assert "style=" not in page


def test_the_history_of_what_is_not_there_is_told_politely(universe: Universe, editor: Client) -> None:
    for key in ("nonsense", "9" * 30, "0"):
        assert editor.get(address(Meeting, "history", key)).status_code in {302, 404}


def test_a_version_has_no_form_to_be_saved_from(universe: Universe, editor: Client) -> None:
    citation = Citation.objects.order_by("pk")[0]
    history = versions(citation)[0]
    assert editor.post(f"{address(Citation, 'history', citation.pk)}{history.pk}/", {"phrase": "Changed."}, follow=True).status_code in {200, 404}
    citation.refresh_from_db()
    assert citation.phrase != "Changed."
