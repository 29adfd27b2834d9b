"""What the admin refuses: always with a sentence on the form, never with an error of the server."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.desk import address, another, beside, change, form_of, move, save, told
from tests.universe import SERIES, Universe
from tracker.models import Citation, Commitment, Deadline, Meeting, Mention, Milestone, Participant, Party, Redirect, Series, Source

ROWS: dict[str, Any] = {
    "party": lambda: Party.objects.get(slug="northmark"),
    "participant": lambda: Participant.objects.get(slug="ada-vane"),
    "series": lambda: Series.objects.get(slug=SERIES),
    "meeting": lambda: Meeting.objects.get(slug="oakport-21"),
    "source": lambda: Source.objects.get(slug="wire-24"),
    "area": lambda: Commitment.objects.get(slug="energy"),
    "commitment": lambda: Commitment.objects.get(slug="river-pipeline"),
    "mention": lambda: Mention.objects.get(commitment__slug="river-pipeline", meeting__slug="oakport-21"),
    "citation": lambda: Citation.objects.get(phrase="a line for both shores"),
    "milestone": lambda: Milestone.objects.get(key="memorandum"),
    "deadline": lambda: Deadline.objects.get(key="first"),
    "redirect": lambda: Redirect.objects.get(old_slug="water-pipe"),
}
NINE = "one two three four five six seven eight nine"


#: Kind, field, what is typed, what is told beside the field.
WRONG_FIELDS: list[tuple[str, str, Any, str]] = [
    ("source", "published", "July 2024", "is not a date: write a year (2024), a month (2024-07)"),
    ("source", "published", "2024-13", "is not a day of the calendar"),
    ("source", "published", "2024-09/2024-07", "the earlier date comes first"),
    ("source", "published", "2024-7", "is not a date"),
    ("source", "published", "٢٠٢٤", "is not a date"),
    ("source", "published", "2024\x00", "Null characters are not allowed"),
    ("meeting", "starts", "", "This field is required"),
    ("source", "url", "javascript:alert(1)", "valid URL"),
    ("source", "url", "ftp://example.org/", "valid URL"),
    ("source", "url", "data:text/html,x", "valid URL"),
    ("source", "archived_url", "https://me:secret@example.org/", "user name or password"),
    ("source", "text_sha256", "ABC", "64 hexadecimal digits"),
    ("source", "language", "English", "a language tag"),
    ("source", "title", "a\x00b", "Null characters are not allowed"),
    ("source", "note", "a\x00b", "Null characters are not allowed"),
    ("source", "kind", "leaflet", "Select a valid choice"),
    ("source", "issued_by", "99999999999999999999999999", "Select a valid choice"),
    ("source", "issued_by", "nonsense", "Select a valid choice"),
    ("citation", "phrase", NINE, "A key phrase has at most eight words; this one has 9."),
    ("citation", "phrase", "a\x00b", "Null characters are not allowed"),
    ("citation", "locator", "9-3", "the lower one comes first"),
    ("citation", "locator", "third", "is not a locator"),
    ("citation", "terms", ["nonsense"], "Select a valid choice"),
    ("party", "iso2", "xn", "two capital letters"),
    ("party", "wikidata_id", "843", "Q and a number"),
    ("participant", "name", "—", "A name holds a letter or a digit"),
    ("commitment", "name", "SALT  mill", "“Salt mill” is already there as salt-mill."),
    ("commitment", "listed_on", "yesterday", "Enter a valid date"),
    ("meeting", "country", "Northmark", "at most 2 characters"),
    ("deadline", "target", "First_Water", "small letters"),
    ("milestone", "reason", " \r\n ", "This field is required"),
    ("redirect", "new_slug", "no-such-thing", "No record of this kind stands here."),
]
#: Kind, what is typed, the sentence on the page.
BROKEN_RULES: list[tuple[str, dict[str, Any], str]] = [
    ("party", {"iso2": "XS"}, "Another party has this country code."),
    ("party", {"kind": "organization"}, "Only a state has a country code, and it has two letters."),
    ("participant", {"name": "Bo Lind", "home_party": "southland"}, "is already there as bo-lind"),
    ("meeting", {"ends": "2021-05-09"}, "A meeting can&#x27;t end before it starts."),
    ("meeting", {"reports_0_read_by": ""}, "A reading states both the day and the reader, or neither."),
    ("meeting", {"reports_0_extent": "opening"}, "Only a source held in full can be read in full."),
    ("meeting", {"attendances_0_participant": "bo-lind"}, "This person is already listed for this meeting."),
    ("source", {"derived_from": "wire-24"}, "A document can&#x27;t be a copy of itself."),
    ("commitment", {"criteria": ""}, "Say what would count as delivered."),
    ("commitment", {"parent": ""}, "Everything that is no area hangs under its area."),
    ("commitment", {"succeeds": "river-pipeline"}, "A commitment can&#x27;t succeed itself."),
    ("mention", {"meeting": "quay-24"}, "This commitment already has a mention at this meeting: add a citation to it."),
    ("mention", {"citations_0_reach": ""}, "This field is required."),
    ("mention", {"citations_0_both_sides": "on"}, "Name one side, or say that it was both: not the two together."),
    ("citation", {"phrase": "", "paraphrase": " "}, "Give a paraphrase or a key phrase."),
    ("citation", {"act": ""}, "Reach and act are coded for a mention, and only there."),
    ("citation", {"proves": "promise"}, "A citation of a deadline proves the promise or the outcome; others leave this empty."),
    ("milestone", {"condition": "lapsed"}, "A milestone states a rung or a condition: one of the two."),
    ("deadline", {"stated": "2021"}, "Say when it was stated: at a meeting, or on a day of its own."),
    ("deadline", {"outcome": "pending", "resolved": "2024"}, "A day of resolution goes with an outcome: met, met late or missed."),
    ("deadline", {"citations_0_proves": ""}, "This field is required."),
    ("commitment", {"parent": "ferry-line"}, "Only areas have anything under them."),
    ("area", {"kind": "process", "parent": "transport", "criteria": "It meets."}, "Other commitments hang under this one, so it stays an area."),
    ("area", {"series": "league"}, "An area and what hangs under it belong to one series."),
    ("commitment", {"series": "league"}, "An area and what hangs under it belong to one series."),
    ("meeting", {"part_of": "salt-room-25"}, "That meeting is a room itself: name the journey."),
    ("meeting", {"part_of": "summit-23"}, "A room and its journey belong to one series."),
    ("series", {"parties": ["league"]}, "A dyad has two parties: name both."),
]


@pytest.mark.parametrize("kind", sorted({case[0] for case in WRONG_FIELDS}))
def test_what_is_wrong_is_told_beside_its_field(universe: Universe, editor: Client, kind: str) -> None:
    where = change(ROWS[kind]())
    for _kind, field, typed, sentence in (case for case in WRONG_FIELDS if case[0] == kind):
        assert sentence in beside(save(editor, where, **{field: typed}), field)


@pytest.mark.parametrize("kind", sorted({case[0] for case in BROKEN_RULES}))
def test_a_broken_rule_is_told_in_its_sentence(universe: Universe, editor: Client, kind: str) -> None:
    row = ROWS[kind]()
    for _kind, typed, sentence in (case for case in BROKEN_RULES if case[0] == kind):
        assert sentence in told(save(editor, change(row), **_keys(typed))), typed


def _keys(typed: dict[str, Any]) -> dict[str, Any]:
    """Return ``typed`` with a key wherever it names a record by its slug."""
    models = {"parent": Commitment, "succeeds": Commitment, "series": Series, "part_of": Meeting, "meeting": Meeting, "derived_from": Source}
    models |= {"home_party": Party, "parties": Party, "attendances_0_participant": Participant}

    def key(name: str, value: Any) -> Any:
        found: Any = models.get(name)
        if found is None or not value:
            return value
        return [key(name, one) for one in value] if isinstance(value, list) else found.objects.get(slug=value).pk

    return {name: key(name, value) for name, value in typed.items()}


def test_rows_typed_into_one_page_are_compared_with_each_other(universe: Universe, editor: Client) -> None:
    where = change(ROWS["mention"]())
    twin = {"key": "north-21", "source": Source.objects.get(slug="south-21").pk, "paraphrase": "Said.", "reach": "voiced", "act": "agreed"}
    assert "There is already a citation under this key." in told(editor.post(where, another(editor, where, "citations", **twin)))
    where = change(ROWS["meeting"]())
    twin = {"source": Source.objects.get(slug="north-21").pk, "extent": "full"}
    assert "duplicate" in told(editor.post(where, another(editor, where, "reports", **twin)))


def test_nothing_is_published_without_evidence(universe: Universe, editor: Client, settings: Any) -> None:
    settings.FOUR_EYES = False
    commitment, meeting = Commitment.objects.get(slug="salt-mill"), Meeting.objects.get(slug="hillton-23")
    assert save(editor, address(Mention, "add"), commitment=commitment.pk, meeting=meeting.pk, act="agreed").status_code == 302
    mention = Mention.objects.get(commitment=commitment, meeting=meeting)
    assert "nothing proves it" in move(editor, mention, "submit", "publish")
    assert mention.state == "in_review"


def test_a_phrase_that_does_not_stand_in_the_kept_text_is_refused(universe: Universe, editor: Client) -> None:
    Source.objects.filter(slug="north-21").update(text="One.\nTwo.\nThree.\nHere: a “line” for both shores.\n")
    citation = ROWS["citation"]()
    assert "copy it exactly as it stands" in beside(save(editor, change(citation)), "phrase")
    wrong = save(editor, change(citation), phrase='a "line" for both', locator="2")
    assert "it stands in line 4" in beside(wrong, "phrase")
    assert save(editor, change(citation), phrase='a "line" for both', locator="4").status_code == 302


def test_copies_of_copies_end_after_three(universe: Universe, editor: Client) -> None:
    chain = [Source.objects.get(slug=slug) for slug in ("north-21", "south-21", "herald-22", "north-24", "south-24")]
    for copy, original in zip(chain[1:4], chain, strict=False):
        assert save(editor, change(copy), derived_from=original.pk).status_code == 302
    assert "A chain of more than 3 copies" in told(save(editor, change(chain[4]), derived_from=chain[3].pk))
    assert "A chain of more than 3 copies" in told(save(editor, change(chain[0]), derived_from=chain[4].pk))
    assert "lead in a circle" in told(save(editor, change(chain[0]), derived_from=chain[2].pk))


def test_areas_are_nested_two_deep_and_successors_in_no_circle(universe: Universe, editor: Client) -> None:
    energy, transport, pipeline, mill = (Commitment.objects.get(slug=slug) for slug in ("energy", "transport", "river-pipeline", "salt-mill"))
    assert save(editor, change(energy), parent=transport.pk).status_code == 302
    assert "Areas are nested two deep at most." in told(save(editor, change(transport), parent=energy.pk))
    assert save(editor, change(pipeline), succeeds=mill.pk).status_code == 302
    assert "lead in a circle" in told(save(editor, change(mill), succeeds=pipeline.pk))


def test_a_journey_does_not_become_a_room(universe: Universe, editor: Client) -> None:
    journey, other = Meeting.objects.get(slug="oakport-25"), Meeting.objects.get(slug="oakport-21")
    assert "has rooms of its own" in told(save(editor, change(journey), part_of=other.pk))


def test_an_old_address_is_no_new_slug(universe: Universe, editor: Client) -> None:
    Commitment.objects.filter(slug="salt-mill").update(state="draft")
    said = beside(save(editor, change(Commitment.objects.get(slug="salt-mill")), slug="water-pipe"), "slug")
    assert "This is the old address of river-pipeline: choose another." in said


def test_an_old_address_is_not_that_of_a_record(universe: Universe, editor: Client) -> None:
    typed = {"kind": "commitment", "old_slug": "energy", "new_slug": "transport"}
    assert "A record stands here" in beside(save(editor, address(Redirect, "add"), **typed), "old_slug")


def test_a_slug_is_written_in_small_letters(universe: Universe, editor: Client) -> None:
    for slug in ("Weir_2024", "weir--2024", "вейр", "weir 2024"):
        assert beside(save(editor, address(Party, "add"), name="Weirland", slug=slug, kind="state"), "slug")
    assert save(editor, address(Party, "add"), name="Weirland", slug="weir-2024", kind="state").status_code == 302


@pytest.mark.parametrize("kind", sorted(ROWS))
def test_junk_in_every_field_is_refused_and_never_an_error(universe: Universe, editor: Client, kind: str) -> None:
    where = change(ROWS[kind]())
    sent = form_of(editor.get(where))
    for junk in ("\x00", "9" * 18, "x" * 5000, "-1", "🙂"):
        assert told(editor.post(where, sent | {name: [junk] for name in sent if not name.endswith(("_FORMS", "-id"))}))
