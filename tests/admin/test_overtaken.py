"""Two editors in one form: the second sees what the first saved beside what was typed, chooses field by field, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.db import IntegrityError, connection
from django.test import Client

from tests.admin.desk import Sent, address, another, change, form_of, save, somebody, told
from tests.universe import Universe
from tracker.admin.edits import REASON
from tracker.admin.records import RecordAdmin
from tracker.models import Attendance, Commitment, Meeting, Mention, Party, Source

pytestmark = pytest.mark.usefixtures("universe", "roles")


@pytest.fixture
def first() -> Client:
    return somebody("Reviewer", "first")


@pytest.fixture
def second() -> Client:
    return somebody("Reviewer", "second")


def typed(sent: Sent, **fields: str) -> Sent:
    return sent | {REASON: ["Looked up."]} | {name: [value] for name, value in fields.items()}


def compared(response: Any) -> dict[str, tuple[str, str, str]]:
    """Return the lines of the comparison: by field what stands, what was typed, and what is chosen already."""
    assert response.templates[0].name == "admin/tracker/comparison.html"
    return {line.key: (line.now, line.mine, line.chosen) for part in response.context["parts"] for line in part.lines}


def choose(client: Client, where: str, page: Any, **choices: str) -> Any:
    """Send the comparison with what is chosen already, and ``choices`` over it."""
    tree = html5lib.parse(page.content.decode(), namespaceHTMLElements=False)
    sent: Sent = {}
    form = next(form for form in tree.iter("form") if form.get("id", "").endswith("_comparison"))
    for field in form.iter("input"):
        if field.get("name") and (field.get("type") != "radio" or field.get("checked") is not None):
            sent.setdefault(field.get("name"), []).append(field.get("value", ""))
    return client.post(where, sent | {f"_choice-{name}": [value] for name, value in choices.items()})


def test_the_second_of_two_sees_both_and_chooses_field_by_field(first: Client, second: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    where = change(meeting)
    opened = form_of(second.get(where))
    assert save(first, where, title="Talks at Reed", place="Reed Hall", occasion="The fair").status_code == 302
    page = second.post(where, typed(opened, title="Reed talks", summary="Both met.\r\nTwice."))
    assert compared(page) == {
        "title": ("Talks at Reed", "Reed talks", ""),
        "place": ("Reed Hall", "Reed", "now"),
        "occasion": ("The fair", "–", "now"),
        "summary": ("–", "Both met.\nTwice.", "mine"),
    }
    assert "first" in page.content.decode()
    meeting.refresh_from_db()
    assert (meeting.title, meeting.summary) == ("Talks at Reed", "")
    assert "title" in compared(choose(second, where, page))
    assert choose(second, where, page, title="mine", occasion="mine").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.title, meeting.place, meeting.occasion, meeting.summary) == ("Reed talks", "Reed Hall", "", "Both met.\nTwice.")


def test_what_is_chosen_is_compared_anew_if_a_third_one_was_there(first: Client, second: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    where = change(meeting)
    opened = form_of(second.get(where))
    save(first, where, title="Talks at Reed")
    page = second.post(where, typed(opened, title="Reed talks"))
    save(first, where, title="Talks in Reed")
    assert compared(choose(second, where, page, title="mine")) == {"title": ("Talks in Reed", "Reed talks", "")}


def test_who_changed_other_fields_and_other_rows_is_not_asked(first: Client, second: Client) -> None:
    mention = Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="quay-24")
    where = change(mention)
    opened = form_of(second.get(where))
    assert save(first, where, citations_0_paraphrase="They signed it.").status_code == 302
    sent = typed(opened, **{"summary": "Signed.", "citations-1-note": "Twice."})
    assert "citations-0-paraphrase" in compared(second.post(where, sent))
    sent = form_of(second.get(where))
    assert save(first, where, citations_0_note="Once.").status_code == 302
    sent |= {REASON: ["Looked up."], "summary": ["Signed."], "citations-0-note": ["Once."]}
    assert second.post(where, sent).status_code == 302
    mention.refresh_from_db()
    assert mention.summary == "Signed."


def test_every_kind_of_field_is_compared_in_words(first: Client, second: Client) -> None:
    commitment, source = Commitment.objects.get(slug="salt-mill"), Source.objects.get(slug="wire-24")
    south = Party.objects.get(slug="southland")
    opened = form_of(second.get(change(commitment)))
    assert save(first, change(commitment), minimum_level="4", listed_on="2020-01-02", parties=[Party.objects.get(slug="northmark").pk]).status_code == 302
    lines = compared(second.post(change(commitment), typed(opened, minimum_level="2", listed_on="2021-03-04") | {"parties": [str(south.pk)]}))
    assert lines["listed_on"] == ("2020-01-02", "2021-03-04", "")
    assert lines["parties"] == ("Northmark", "Southland", "")
    assert lines["minimum_level"][1] == "Senior officials"
    opened = form_of(second.get(change(source)))
    assert save(first, change(source), published="2024-07", may_publish_text="on", text="One.\nTwo.").status_code == 302
    lines = compared(second.post(change(source), typed(opened, published="2023", text="Three.\r\n")))
    assert (lines["published"][:2], lines["may_publish_text"][:2], lines["text"][:2]) == (("2024-07", "2023"), ("yes", "–"), ("One.\nTwo.", "Three.\n"))


def test_a_row_taken_away_meanwhile_is_left_or_added_again(first: Client, second: Client) -> None:
    meeting = Meeting.objects.get(slug="oakport-21")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    where, there = change(meeting), meeting.attendances.count()
    for choice, left in (("leave", there - 1), ("again", there - 1)):
        opened = form_of(second.get(where))
        assert save(first, where, attendances_0_DELETE="on").status_code == 302
        page = second.post(where, typed(opened, **{"attendances-0-office": "Envoy", "attendances-1-office": "Host", "place": f"Hall {choice}"}))
        assert compared(page)["attendances-0"][0] == "taken away"
        assert "Envoy" in compared(page)["attendances-0"][1]
        assert choose(second, where, page, **{"attendances-0": choice}).status_code == 302
        meeting.refresh_from_db()
        assert (meeting.place, meeting.attendances.count()) == (f"Hall {choice}", left)
        assert meeting.attendances.filter(office="Envoy").exists() == (choice == "again")


def test_a_row_changed_meanwhile_is_not_taken_away_unasked(first: Client, second: Client) -> None:
    meeting = Meeting.objects.get(slug="oakport-21")
    Meeting.objects.filter(pk=meeting.pk).update(state="draft")
    where, there = change(meeting), meeting.attendances.count()
    opened = form_of(second.get(where))
    assert save(first, where, attendances_0_office="Envoy").status_code == 302
    page = second.post(where, typed(opened, **{"attendances-0-DELETE": "on"}))
    assert compared(page)["attendances-0"][1] == "taken away"
    assert choose(second, where, page, **{"attendances-0": "now"}).status_code == 302
    assert meeting.attendances.filter(office="Envoy").count() == 1
    page = second.post(where, typed(opened, **{"attendances-0-DELETE": "on"}))
    assert choose(second, where, page, **{"attendances-0": "mine"}).status_code == 302
    assert meeting.attendances.count() == there - 1


def test_what_was_typed_into_a_record_that_was_deleted_can_be_added_anew(first: Client, second: Client) -> None:
    sent = form_of(first.get(address(Meeting, "add"))) | {"title": ["Talks at the weir"], "slug": ["weir"], "starts": ["2024"], "format": ["talks"]}
    sent |= {"level": ["4"], "series": [str(Commitment.objects.get(slug="energy").series_id)]}
    assert first.post(address(Meeting, "add"), sent).status_code == 302
    meeting = Meeting.objects.get(slug="weir")
    Attendance.objects.create(meeting=meeting, key="host", party=Party.objects.get(slug="northmark"), office="Host")
    opened = form_of(second.get(change(meeting)))
    assert first.post(address(Meeting, "delete", meeting.pk), {"post": "yes"}).status_code == 302
    page = second.post(change(meeting), typed(opened, summary="Both met.\r\nTwice.", **{"attendances-0-office": "Envoy"}))
    assert "Both met." in page.content.decode()
    again = form_of(page)
    unfinished = second.post(address(Meeting, "add"), again)
    assert "This field is required." in told(unfinished)
    assert second.post(address(Meeting, "add"), form_of(unfinished) | {"attendances-0-key": ["host"]}).status_code == 302
    meeting = Meeting.objects.get(slug="weir")
    assert (meeting.summary, meeting.state, meeting.attendances.get().office) == ("Both met.\nTwice.", "draft", "Envoy")
    assert second.post(change(meeting).replace(str(meeting.pk), "0"), {"title": "x"}).status_code == 302


def test_a_form_that_does_not_say_how_it_was_opened_writes_nothing_over(second: Client) -> None:
    meeting = Meeting.objects.get(slug="reed-24")
    for stamp in ("", "[]", '[[1,{}],{"reports":3}]', "9" * 30, "[" * 9999):
        sent = typed(form_of(second.get(change(meeting))), title="Elsewhere", _opened=stamp)
        assert compared(second.post(change(meeting), sent))["title"][1] == "Elsewhere"
    meeting.refresh_from_db()
    assert meeting.title == "Talks reed-24"


def test_a_load_counts_as_somebody_else(universe: Universe, second: Client) -> None:
    source = Source.objects.get(slug="north-24")
    opened, before = form_of(second.get(change(source))), source.revision
    universe.add(
        '[[source]]\nslug = "north-24"\ntitle = "As loaded"\npublisher = "north"\nkind = "official"\nissued_by = "northmark"\ncarried = "whole"\n', "again"
    )
    source.refresh_from_db()
    assert source.revision == before + 1
    assert compared(second.post(change(source), typed(opened, title="As typed")))["title"] == ("As loaded", "As typed", "")


def test_two_who_save_the_same_new_name_are_told_in_the_sentence_of_the_rule(second: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's row is written after this one's form was checked, as in a race."""
    where = address(Party, "add")
    sent: dict[str, Any] = form_of(second.get(where)) | {"name": ["Weirland"], "slug": ["weirland"], "kind": ["state"], "iso2": ["XW"]}
    _race(monkeypatch, lambda: Party.objects.create(name="Weir", slug="weir", kind="state", iso2="XW"))
    assert "Another party has this country code." in told(second.post(where, sent))
    assert Party.objects.filter(iso2="XW").count() <= 1
    mention = Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="quay-24")
    twin = {"key": "twin", "source": Source.objects.get(slug="south-24").pk, "paraphrase": "Said.", "reach": "voiced", "act": "agreed"}
    sent = another(second, change(mention), "citations", **twin) | {REASON: ["Looked up."]}
    _race(monkeypatch, _refuse_the_key)
    assert "There is already a citation under this key." in told(second.post(change(mention), sent))


def _refuse_the_key() -> None:
    """Refuse as the database of this engine does."""
    sqlite = "UNIQUE constraint failed: tracker_citation.mention_id, tracker_citation.key"
    raise IntegrityError(sqlite if connection.vendor == "sqlite" else 'violates unique constraint "citation_key_is_used_once_in_its_mention"')


def _race(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Let ``act`` come between the checks of the next form that is saved and its writing."""
    plain, acts = RecordAdmin.save_model, [act]

    def late(*args: Any, **kwargs: Any) -> None:
        if acts:
            acts.pop()()
        plain(*args, **kwargs)

    monkeypatch.setattr(RecordAdmin, "save_model", late)
