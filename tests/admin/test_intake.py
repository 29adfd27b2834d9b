"""Taking in a document: everything is proposed, everything can be corrected, nothing that was typed is lost, and what is kept is a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.admin.desk import form_of
from tests.curation.papers import AFTER, ARTICLE, TITLE, page, pasted, pdf
from tests.universe import Universe
from tracker.curation.intake.copies import How, likenesses, original
from tracker.evidence import checksum
from tracker.models import Citation, Edit, Meeting, Report, Source
from tracker.models.edit import versions_of

TAKE_IN = reverse("admin:tracker_source_take_in")
TEXT = "\n".join(ARTICLE)


def looked_at(editor: Client, **typed: Any) -> Any:
    return editor.post(TAKE_IN, {"text": "", "url": "", "_look": "1", **typed})


def sent(response: Any, **typed: Any) -> dict[str, Any]:
    """Return what a browser sends when the page is kept as it stands, with some fields typed over."""
    return dict(form_of(response)) | {"_keep": "1"} | {name.replace("__", "-"): value for name, value in typed.items()}


def test_a_pasted_page_is_proposed_as_a_source_and_a_meeting_that_is_known(universe: Universe, editor: Client) -> None:
    response = looked_at(editor, text=pasted(), url="https://www.harbour.example/talks")
    fields = form_of(response)
    wanted = {
        "title": TITLE,
        "publisher": "Harbour Wire",
        "language": "en",
        "published": "2021-05-12",
        "date_basis": "byline",
        "slug": "harbour-wire-2021-05-12",
    }
    assert {name: fields[f"source-{name}"][0] for name in wanted} == wanted
    assert fields["source-text"][0].replace("\r\n", "\n") == TEXT
    meeting = Meeting.objects.get(slug="oakport-21")
    assert fields["which"] == [f"known-{meeting.pk}"]
    assert (fields["meeting-title"], fields["meeting-starts"], fields["meeting-place"], fields["meeting-level"]) == (
        ["Ada Vane and Bo Lind"],
        ["2021-05-10"],
        ["Oakport"],
        ["3"],
    )
    body = response.content.decode()
    assert "inferred" in body
    assert AFTER[1] in body
    assert Source.objects.filter(title=TITLE).count() == 0


def test_what_is_kept_is_one_edit_of_drafts_and_leads_to_the_reading_desk(universe: Universe, editor: Client) -> None:
    before = Edit.objects.count()
    answer = editor.post(TAKE_IN, sent(looked_at(editor, text=pasted())))
    source, report = Source.objects.get(title=TITLE), Report.objects.get(source__title=TITLE)
    assert answer["Location"] == reverse("admin:tracker_source_read", args=[source.pk, report.meeting_id])
    assert (source.state, source.text, source.text_sha256) == ("draft", TEXT, checksum(TEXT.encode()))
    assert (report.meeting.slug, report.extent, report.read_on) == ("oakport-21", "full", None)
    assert Edit.objects.count() == before + 1
    kept = versions_of(Source)._default_manager.filter(id=source.pk)
    assert list(kept.values_list("edit__by__username", flat=True)) == ["editor"]
    assert Client().get(reverse("tracker:source", args=[source.slug])).status_code == 404


def test_a_new_meeting_is_a_draft_whose_day_is_said_to_be_inferred_until_it_is_confirmed(universe: Universe, editor: Client) -> None:
    for confirmed, note in (
        ({}, "Inferred from “on Monday” and the day of publication; not confirmed."),
        ({"day_confirmed": "on"}, "“on Monday”, worked out from"),
    ):
        typed = sent(looked_at(editor, text=pasted()), which="new", **confirmed)
        assert editor.post(TAKE_IN, typed).status_code == 302
        meeting = Meeting.objects.latest("pk")
        assert (meeting.state, str(meeting.starts), meeting.place, meeting.series.slug) == ("draft", "2021-05-10", "Oakport", "northmark-southland")
        assert meeting.date_note.startswith(note)
    typed = sent(looked_at(editor, text=pasted()), which="new", meeting__starts="2021-05-09")
    assert editor.post(TAKE_IN, typed).status_code == 302
    assert Meeting.objects.latest("pk").date_note == ""


def test_how_much_of_a_document_is_held_is_said_when_it_is_kept(universe: Universe, editor: Client) -> None:
    answer = editor.post(TAKE_IN, sent(looked_at(editor, text=pasted()), extent="opening"))
    assert Report.objects.get(source__title=TITLE).extent == "opening"
    assert "only a part of the text" in editor.get(answer["Location"]).content.decode()


def test_a_source_can_be_kept_alone(universe: Universe, editor: Client) -> None:
    assert editor.post(TAKE_IN, sent(looked_at(editor, text=pasted()), which="none")).status_code == 302
    assert Report.objects.filter(source__title=TITLE).count() == 0


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [("a.txt", pasted().encode(), TITLE), ("a.html", page(), TITLE), ("a.pdf", pdf(["Talks of a ferry", *ARTICLE[2:]]), "Talks of a ferry")],
)
def test_files_are_taken_in_like_pasted_texts(universe: Universe, editor: Client, name: str, content: bytes, title: str) -> None:
    fields = form_of(looked_at(editor, file=SimpleUploadedFile(name, content)))
    assert fields["source-title"] == [title]
    assert ARTICLE[3] in fields["source-text"][0]
    assert AFTER[1] not in fields["source-text"][0]


def test_what_is_wrong_is_told_beside_its_field_and_nothing_typed_is_lost(universe: Universe, editor: Client) -> None:
    typed = sent(
        looked_at(editor, text=pasted()), which="new", source__slug="wire-24", source__published="spring", source__publisher="My own words", meeting__title=""
    )
    response = editor.post(TAKE_IN, typed)
    assert response.status_code == 200
    again = form_of(response)
    assert (again["source-publisher"], again["source-published"], again["which"]) == (["My own words"], ["spring"], ["new"])
    assert again["left_out"] == typed["left_out"]
    assert AFTER[1] in response.content.decode()
    told = " ".join(str(error) for error in response.context["errors"])
    assert "Source with this Slug already exists" in told
    assert "write a year" in told
    assert "This field is required" in told
    assert Source.objects.filter(publisher="My own words").count() == 0


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"text": ""}, "Paste a text, or choose a file"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"text": "x " * 200_000}, "300,000 characters"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "valid URL"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 no more")}, "broken or locked"),
        ({"file": SimpleUploadedFile("a.txt", "Встреча".encode("cp1251"))}, "UTF-8"),
        ({"file": SimpleUploadedFile("a.doc", b"x")}, "Only .txt, .html and .pdf"),
    ],
)
def test_a_document_that_cannot_be_taken_in_is_refused_with_a_sentence(universe: Universe, editor: Client, typed: dict[str, Any], told: str) -> None:
    response = looked_at(editor, **typed)
    assert response.status_code == 200
    assert told in " ".join(str(error) for error in response.context["errors"].values())


def test_a_text_that_is_larger_than_a_form_may_be_is_refused_in_words(universe: Universe, editor: Client) -> None:
    response = looked_at(editor, text="word " * 600_000)
    assert response.status_code == 400
    assert "too large" in response.content.decode()


def test_nonsense_in_the_second_form_is_answered_with_the_form(universe: Universe, editor: Client) -> None:
    typed = {
        "_keep": "1",
        "which": "known-999999",
        "left_out": '[["x"]',
        "source-text": "\x00",
        "source-issued_by": "9" * 30,
        "meeting-series": "x",
        "other": "-1",
    }
    for which in ("known-999999", "other", "new", "\x00"):
        assert editor.post(TAKE_IN, typed | {"which": which}).status_code == 200


def test_a_copy_is_known_by_its_text_its_phrases_or_its_title(universe: Universe) -> None:
    release = Source.objects.get(slug="north-21")
    Source.objects.filter(pk=release.pk).update(text="\n".join(ARTICLE[2:]), text_sha256="0" * 64)
    (found,) = [one for one in likenesses(TEXT, TITLE, release.published_earliest) if one.source == release]
    assert (found.how, found.share > 0.9) == (How.SAME, True)
    assert original([found], release.published_earliest) == release
    own = "The fishermen of the bay caught more herring this spring than in any of the ten years before, says the guild, and it asks for a new quay."
    assert likenesses(own, "Herring", release.published_earliest) == []
    assert [one.how for one in likenesses(own, "Release north-21", release.published_earliest)] == [How.TITLE]
    Source.objects.filter(pk=release.pk).update(text_sha256=checksum(own.encode()))
    assert [one.how for one in likenesses(own, "Herring", None)] == [How.IDENTICAL]


def test_a_release_whose_text_is_not_kept_is_known_by_the_phrases_cited_from_it(universe: Universe) -> None:
    for number, phrase in enumerate(("a bridge for both shores", "look into a night train", "before the end of the year")):
        mention = Citation.objects.exclude(mention=None)[0].mention
        Citation.objects.create(mention=mention, key=f"p{number}", source=Source.objects.get(slug="south-21"), phrase=phrase, reach="voiced", act="agreed")
    (found,) = [one for one in likenesses(TEXT, TITLE, None) if one.how is How.PHRASES]
    assert (found.source.slug, found.percent, found.is_copy) == ("south-21", 100, True)


def test_the_form_of_the_meeting_says_what_speaks_for_each(universe: Universe, editor: Client) -> None:
    response = looked_at(editor, text=pasted())
    first = str(response.context["occasion"].fields["which"].choices[0][1])
    assert first == "Talks oakport-21, Oakport, 2021-05-10 (the day fits, the place is named, people who were there are named)"


def test_somebody_who_may_not_add_sources_takes_nothing_in(universe: Universe, client: Client, django_user_model: Any) -> None:
    client.force_login(django_user_model.objects.create_user("reader", password=None, is_staff=True))
    assert client.get(TAKE_IN).status_code == 403
    assert client.post(TAKE_IN, {"text": TEXT, "_look": "1"}).status_code == 403
    assert Client().get(TAKE_IN).status_code == 302
