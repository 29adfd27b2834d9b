"""Correcting a record: what is saved, what stays as it was, what follows by itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from tests.admin.desk import RECORDS, address, another, change, form_of, move, rows, save, told
from tests.universe import Universe
from tracker import summaries
from tracker.models import (
    Attendance,
    Citation,
    Commitment,
    CommitmentName,
    Deadline,
    Meeting,
    Mention,
    MentionSummary,
    Milestone,
    ParticipantName,
    Party,
    Report,
    Source,
    Summary,
)

TABLES: tuple[type[Model], ...] = (*RECORDS, Attendance, Report, CommitmentName, ParticipantName)


def everything() -> dict[str, list[Any]]:
    """Return every value of every table but the day of the last change, and the pairs."""
    found: dict[str, list[Any]] = {}
    for table in TABLES:
        columns = [field.attname for field in table._meta.concrete_fields if field.name not in {"changed", "revision"}]
        found[table.__name__] = list(rows(table).values_list(*columns))
        for pair in table._meta.many_to_many:
            through: Any = pair.remote_field.through
            found[f"{table.__name__}.{pair.name}"] = sorted(through.objects.values_list(pair.m2m_column_name(), pair.m2m_reverse_name()))
    return found


def roll_ups() -> list[Any]:
    return [*Summary.objects.order_by("pk").values(), *MentionSummary.objects.order_by("pk").values()]


def assert_roll_ups_are_true() -> None:
    """Every stored roll-up is what a recomputation of all of them gives."""
    stored = roll_ups()
    summaries.refresh()
    assert stored == roll_ups()


def of(commitment: str, meeting: str) -> Any:
    return Mention.objects.get(commitment__slug=commitment, meeting__slug=meeting)


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_a_form_saved_as_it_stands_changes_nothing(universe: Universe, editor: Client, model: type[Model]) -> None:
    Source.objects.filter(slug="wire-24").update(text="  One line.\n\nAnother line: Заявление.\n", note="Two\nlines")
    Deadline.objects.filter(key="first").update(resolved_earliest="2023-12-01", resolved_latest="2024-02-29")
    before, told_before = everything(), roll_ups()
    for row in rows(model):
        saved = save(editor, change(row))
        assert saved.status_code == 302, (row, told(saved))
    assert everything() == before
    assert roll_ups() == told_before


@pytest.mark.parametrize("typed", ["2024", "2024-07", "2024-07-03", "2024-07/2024-09", "2024-12-30/2025-01-02", "2023/2024"])
def test_dates_come_back_as_they_were_typed(universe: Universe, editor: Client, typed: str) -> None:
    source = Source.objects.get(slug="herald-22")
    assert save(editor, change(source), published=f" {typed} ").status_code == 302
    assert form_of(editor.get(change(source)))["published"] == [typed]
    source.refresh_from_db()
    assert source.published is not None
    assert source.published.edtf() == typed


def test_a_date_can_be_taken_away_where_none_is_needed(universe: Universe, editor: Client) -> None:
    source = Source.objects.get(slug="herald-22")
    assert save(editor, change(source), published="").status_code == 302
    source.refresh_from_db()
    assert (source.published_earliest, source.published_latest) == (None, None)


def test_prose_keeps_its_lines_and_loses_the_browser_s_line_ends(universe: Universe, editor: Client) -> None:
    source = Source.objects.get(slug="herald-22")
    assert save(editor, change(source), text=" First.\r\n\r\nSecond.\r\n", note=" \r\n ").status_code == 302
    source.refresh_from_db()
    assert (source.text, source.note) == (" First.\n\nSecond.\n", "")


def test_a_mention_can_be_added_with_its_citation_and_published(universe: Universe, editor: Client, settings: Any) -> None:
    commitment, meeting, source = Commitment.objects.get(slug="salt-mill"), Meeting.objects.get(slug="hillton-23"), Source.objects.get(slug="north-23")
    coded = {"key": "north", "source": source.pk, "paraphrase": "The mill came up.", "reach": "voiced", "act": "discussed", "terms": ["place", "object"]}
    sent = another(editor, address(Mention, "add"), "citations", **coded)
    sent |= {"commitment": commitment.pk, "meeting": meeting.pk, "act": "discussed"}
    assert editor.post(address(Mention, "add"), sent).status_code == 302
    settings.FOUR_EYES = False
    move(editor, of("salt-mill", "hillton-23"), "submit", "publish")
    citation = Citation.objects.get(mention=of("salt-mill", "hillton-23"))
    assert (citation.source, citation.terms, citation.strength) == (source, "object,place", None)
    assert Summary.objects.get(commitment=commitment).voiced_meetings == 2
    assert_roll_ups_are_true()


def test_a_meeting_can_be_added_with_people_and_a_reading(universe: Universe, editor: Client) -> None:
    sent = another(
        editor, address(Meeting, "add"), "reports", source=Source.objects.get(slug="wire-24").pk, extent="full", read_on="2026-01-05", read_by="E. D."
    )
    people = another(editor, address(Meeting, "add"), "attendances", key="vane", party=Party.objects.get(slug="northmark").pk, office="Chancellor")
    sent |= {name: value for name, value in people.items() if name.startswith("attendances-")}
    fields = {"title": "Talks at the weir", "slug": "weir-2024", "format": "talks", "level": "4", "starts": "2024-02"}
    series = Commitment.objects.get(slug="energy").series
    assert editor.post(address(Meeting, "add"), sent | fields | {"series": series.pk}).status_code == 302
    meeting = Meeting.objects.get(slug="weir-2024")
    assert meeting.starts.edtf() == "2024-02"
    assert (meeting.attendances.get().office, meeting.reports.get().read_by) == ("Chancellor", "E. D.")
    assert_roll_ups_are_true()


@pytest.mark.parametrize(
    ("commitment", "meeting", "typed"),
    [
        ("river-pipeline", "oakport-21", {"standing": "rejected"}),
        ("river-pipeline", "hillton-23", {"standing": "accepted"}),
        ("river-pipeline", "quay-24", {"citations_0_reach": "background", "citations_1_reach": "background"}),
        ("night-train", "ferry-22", {"citations_0_party": "southland"}),
    ],
)
def test_a_corrected_mention_is_counted_anew(universe: Universe, editor: Client, commitment: str, meeting: str, typed: dict[str, Any]) -> None:
    before = roll_ups()
    typed = {name: Party.objects.get(slug=value).pk if name.endswith("_party") else value for name, value in typed.items()}
    assert save(editor, change(of(commitment, meeting)), **typed).status_code == 302
    assert roll_ups() != before or "citations_0_party" in typed
    assert_roll_ups_are_true()


def test_a_mention_moved_to_another_commitment_is_counted_anew_for_both(universe: Universe, editor: Client) -> None:
    moved = of("night-train", "ferry-22")
    assert save(editor, change(moved), commitment=Commitment.objects.get(slug="salt-mill").pk).status_code == 302
    assert [Summary.objects.get(commitment__slug=slug).voiced_meetings for slug in ("night-train", "salt-mill")] == [0, 2]
    assert_roll_ups_are_true()


def test_a_commitment_moved_to_another_area_is_counted_anew_for_both(universe: Universe, editor: Client) -> None:
    moved = Commitment.objects.get(slug="salt-mill")
    before = roll_ups()
    assert save(editor, change(moved), parent=Commitment.objects.get(slug="transport").pk).status_code == 302
    assert roll_ups() != before
    assert_roll_ups_are_true()


def test_a_citation_corrected_by_itself_is_counted_anew(universe: Universe, editor: Client) -> None:
    before = roll_ups()
    citation = Citation.objects.get(mention=of("salt-mill", "salt-room-25"))
    assert save(editor, change(citation), reach="recalled").status_code == 302
    assert roll_ups() != before
    assert_roll_ups_are_true()


@pytest.mark.parametrize(
    ("row", "typed"),
    [
        (lambda: Meeting.objects.get(slug="hillton-23"), {"reports_0_extent": "opening", "reports_0_read_on": "", "reports_0_read_by": ""}),
        (lambda: Meeting.objects.get(slug="oakport-21"), {"status": "cancelled"}),
        (lambda: Source.objects.get(slug="joint-25"), {"kind": "blog", "carried": "unknown"}),
        (lambda: Milestone.objects.get(key="memorandum"), {"stage": "4"}),
        (lambda: Deadline.objects.get(key="second"), {"outcome": "missed"}),
    ],
)
def test_whatever_a_roll_up_rests_on_it_follows(universe: Universe, editor: Client, row: Any, typed: dict[str, Any]) -> None:
    before = roll_ups()
    assert save(editor, change(row()), **typed).status_code == 302
    assert roll_ups() != before
    assert_roll_ups_are_true()


@pytest.mark.parametrize(
    "row",
    [lambda: of("ferry-line", "oakport-21"), lambda: Party.objects.get(slug="southland"), lambda: Commitment.objects.get(slug="energy").series],
)
def test_roll_ups_follow_what_is_withdrawn_and_what_is_published_again(universe: Universe, editor: Client, row: Any) -> None:
    before, record = roll_ups(), row()
    move(editor, record, "withdraw")
    assert roll_ups() != before
    assert_roll_ups_are_true()
    move(editor, record, "publish_again")
    assert roll_ups() == before


def test_a_slug_is_free_in_a_draft_and_frozen_once_published(universe: Universe, editor: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    Meeting.objects.filter(pk=meeting.pk).update(state="in_review")
    assert save(editor, change(meeting), slug="reed-2024").status_code == 302
    for state in ("published", "withdrawn"):
        Meeting.objects.filter(pk=meeting.pk).update(state=state, withdrawn_reason="Said twice.")
        assert "slug" not in form_of(editor.get(change(meeting)))
        assert save(editor, change(meeting), slug="elsewhere").status_code == 302
    meeting.refresh_from_db()
    assert meeting.slug == "reed-2024"


def test_keys_and_what_a_citation_proves_never_change(universe: Universe, editor: Client) -> None:
    mention = of("river-pipeline", "quay-24")
    citation = mention.citations.order_by("pk")[0]
    assert save(editor, change(mention), citations_0_key="another").status_code == 302
    assert save(editor, change(citation), key="another", mention=of("energy", "oakport-21").pk).status_code == 302
    assert save(editor, change(Milestone.objects.get(key="memorandum")), key="another").status_code == 302
    citation.refresh_from_db()
    assert (citation.key, citation.mention) == ("north-24", mention)
    assert not Milestone.objects.filter(key="another").exists()


@pytest.mark.parametrize("model", [model for model in RECORDS if model._meta.model_name != "redirect"], ids=lambda model: model._meta.model_name)
@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_what_was_published_can_t_be_deleted(universe: Universe, editor: Client, model: type[Model], state: str) -> None:
    owner = Mention if model is Citation else model
    owner._default_manager.all().update(state=state, withdrawn_reason="Said twice.")
    row = rows(model)[0]
    assert editor.get(address(model, "delete", row.pk)).status_code == 403
    assert editor.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    page = editor.get(change(row)).content.decode()
    assert address(model, "delete", row.pk) not in page
    assert "-DELETE" not in page
    assert "delete_selected" not in editor.get(address(model, "changelist")).content.decode()
    editor.post(address(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model._default_manager.filter(pk=row.pk).exists()


def test_a_draft_can_be_deleted_with_its_citations(universe: Universe, editor: Client) -> None:
    mention = of("river-pipeline", "quay-24")
    Mention.objects.filter(pk=mention.pk).update(state="draft")
    summaries.refresh()
    assert editor.post(address(Mention, "delete", mention.pk), {"post": "yes"}).status_code == 302
    assert not Mention.objects.filter(pk=mention.pk).exists()
    assert_roll_ups_are_true()


def test_a_draft_that_others_rest_on_is_kept_with_a_word(universe: Universe, editor: Client) -> None:
    Source.objects.filter(slug="north-24").update(state="draft")
    row = Source.objects.get(slug="north-24")
    page = editor.post(address(Source, "delete", row.pk), {"post": "yes"})
    assert page.status_code == 200
    assert page.context["protected"]
    assert Source.objects.filter(pk=row.pk).exists()


def test_a_row_beside_a_draft_can_be_taken_away(universe: Universe, editor: Client) -> None:
    meeting = Meeting.objects.get(slug="oakport-21")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    assert save(editor, change(meeting), attendances_0_DELETE="on").status_code == 302
    assert meeting.attendances.count() == 2
    assert_roll_ups_are_true()
