"""The public log: what is told of each edit, in the reader's words, and how it is asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import fetch
from tests.costs import OTHERS, assert_cost_is_flat, cost
from tests.edits import LOG, context, edited, lines, newest, reworded, text, told, words_of
from tests.universe import SERIES, Universe
from tracker.chronicle import Changes, Chronicle, begin
from tracker.models import Attendance, Citation, Commitment, Edit, Load, Meeting, Mention, Milestone, Participant, Party
from tracker.models.kinds import RECORDS
from tracker.queries import edits
from tracker.views import changes as page_of_changes
from tracker.vocabulary import PublicationState


def test_a_load_is_told_in_numbers_that_lead_to_its_records(universe: Universe, client: Client) -> None:
    Load.objects.update(reason="The first files.")
    (one,) = told(client)
    assert (one.edit.is_load, one.reason, one.entries) == (True, "The first files.", ())
    ((sentence, counts),) = one.sums
    assert sentence == f"{sum(model._default_manager.count() for model in RECORDS)} records added"
    for count, model in zip(counts, RECORDS, strict=True):
        number = model._default_manager.count()
        assert count.text.startswith(f"{number} ")
        listed = context(client, reverse("tracker:change", args=[one.edit.key]), kind=count.kind)
        assert len(listed["entries"]) == listed["page"].paginator.count == number
    assert "The first files." in words_of(client)


def test_a_correction_is_told_field_by_field_in_the_readers_words(universe: Universe, client: Client) -> None:
    meeting, journey, mill = Meeting.objects.get(slug="reed-24"), Meeting.objects.get(slug="oakport-25"), Commitment.objects.get(slug="salt-mill")
    meeting.remit.add(mill)
    fields = {"level": 2, "starts_earliest": "2024-07-01", "starts_latest": "2024-07-31", "part_of": journey, "place": ""}
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    edited(meeting, summary="A short one.", reason="The protocol says July.")
    (entry,) = newest(client).entries
    assert (entry.kind, entry.what, newest(client).reason) == ("meeting", "corrected", "The protocol says July.")
    assert [word.href for word in entry.words] == [reverse("tracker:meeting", args=["reed-24"])]
    assert lines(entry) == [
        ("level", "Heads of state or government", "Senior officials"),
        ("first day", "3 July 2024", "July 2024"),
        ("place", "Reed", ""),
        ("part of", "", "Oakport: Talks oakport-25, 2 September 2025"),
        ("summary", "", "A short one."),
        ("remit", "", "Salt mill"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("A mill makes steel.", "A mill makes steel. At half its capacity.", ["A mill makes steel. {At half its capacity.}"]),
        ("the Mill makes steel", "The mill makes steel now", []),
        ("A mill  makes steel", "A mill makes steel", []),
        ("Nothing of it", "stays as ever.", []),
    ],
)
def test_a_text_that_was_changed_in_places_is_told_by_these_places(universe: Universe, client: Client, before: str, after: str, told: list[str]) -> None:
    mill = Commitment.objects.get(slug="salt-mill")
    edited(mill, day=1, description=before)
    edited(mill, day=2, description=after)
    assert reworded(newest(client).entries[0]) == told
    assert len(lines(newest(client).entries[0])) == 1


def test_of_a_long_text_only_what_is_near_a_change_is_told(universe: Universe, client: Client) -> None:
    mill = Commitment.objects.get(slug="salt-mill")
    edited(mill, day=1, description=f"{'Then it went on. ' * 40}It ended. {'So it was. ' * 40}")
    edited(mill, day=2, description=f"{'Then it went on. ' * 40}It never ended. {'So it was. ' * 40}")
    (told,) = reworded(newest(client).entries[0])
    assert "Then it went on. It {never }ended. So it was." in told
    assert (told[:2], told[-2:]) == ("… ", "… ")
    assert len(told) < 300


def test_words_of_the_vocabulary_and_particulars_are_told_by_their_labels(universe: Universe, client: Client) -> None:
    citation = Citation.objects.get(mention__commitment__slug="salt-mill")
    edited(citation, both_sides=False, party=Party.objects.get(slug="northmark"), terms="object,date", strength=None, act="discussed")
    (entry,) = newest(client).entries
    assert (entry.kind, entry.what, lines(entry)) == ("mention", "corrected", [])
    assert text(entry.words) == "Salt mill, Salt: Talks salt-room-25, 2 September 2025"
    (beside,) = entry.beside
    assert (beside.kind, beside.what, text(beside.words)) == ("citation", "corrected", "Joint statement")
    assert sorted(lines(beside)) == [
        ("act", "Agreed", "Discussed"),
        ("both sides", "yes", "no"),
        ("party", "", "Northmark"),
        ("strength", "Agreed loosely", ""),
        ("terms", "", "Object, Date"),
    ]


def test_what_has_no_name_goes_by_what_it_hangs_on(universe: Universe, client: Client) -> None:
    edited(Milestone.objects.get(), reason="Read again.", standing="claimed")
    (entry,) = newest(client).entries
    assert text(entry.words) == "River pipeline, Memorandum"
    assert lines(entry) == [("standing", "Accepted", "Claimed")]


def test_a_row_taken_away_is_told_beside_its_record(universe: Universe, client: Client) -> None:
    meeting = Meeting.objects.get(slug="oakport-21")
    edit = begin(datetime(2026, 2, 1, tzinfo=UTC))
    chronicle = Chronicle(edit)
    gone = Attendance.objects.get(meeting=meeting, participant__slug="ada-vane")
    chronicle.take_away(Attendance, [gone.pk])
    Attendance.objects.filter(pk=gone.pk).delete()
    chronicle.write(Changes())
    (entry,) = newest(client).entries
    assert [(one.kind, one.what, text(one.words)) for one in entry.beside] == [("attendance", "taken away", "Ada Vane")]
    Participant.objects.filter(slug="ada-vane").update(state=PublicationState.DRAFT)
    assert newest(client).edit.pk != edit.pk


def test_an_edit_with_many_records_is_folded_and_unfolds_by_kind(universe: Universe, client: Client) -> None:
    rows = [*Meeting.objects.order_by("pk"), *Party.objects.order_by("pk"), *Participant.objects.all()]
    changes = Changes()
    for row in rows:
        name = "title" if isinstance(row, Meeting) else "name"
        type(row)._default_manager.filter(pk=row.pk).update(**{name: f"New name {row.pk}"})
        changes.change(type(row), row.pk, [name])
    edit = begin(datetime(2026, 2, 1, tzinfo=UTC))
    Chronicle(edit).write(changes)
    one = newest(client)
    assert one.entries == ()
    assert [(sentence, [count.kind for count in counts]) for sentence, counts in one.sums] == [
        (f"{len(rows)} records corrected", ["party", "participant", "meeting"])
    ]
    address = reverse("tracker:change", args=[edit.key])
    assert context(client, address)["kind"] == "party"
    entries = context(client, address, kind="meeting")["entries"]
    assert [lines(entry)[0][2] for entry in entries] == [f"New name {row.pk}" for row in rows if isinstance(row, Meeting)]
    assert context(client, address, kind="source").get("entries") == []


def test_kind_series_record_and_days_narrow_what_is_told(universe: Universe, client: Client) -> None:
    mill, meeting, summit = Commitment.objects.get(slug="salt-mill"), Meeting.objects.get(slug="salt-room-25"), Meeting.objects.get(slug="summit-23")
    mention = Mention.objects.get(commitment=mill)
    made = {
        "mill": edited(mill, day=1, criteria="Salt."),
        "meeting": edited(meeting, day=2, place="Saltings"),
        "summit": edited(summit, day=3, place="Lake"),
        "mention": edited(mention, day=4, summary="Salt."),
    }

    def found(**query: str) -> set[str]:
        keys = {one.edit.key for one in told(client, **query)}
        return {name for name, edit in made.items() if edit.key in keys}

    assert found() == set(made)
    assert found(kind="meeting") == {"meeting", "summit"}
    assert found(series="league") == {"summit"}
    assert found(series=SERIES) == {"mill", "meeting", "mention"}
    assert found(series=SERIES, kind="meeting") == {"meeting"}
    assert found(record="commitment:salt-mill") == {"mill", "mention"}
    assert found(record="meeting:salt-room-25") == {"meeting", "mention"}
    assert found(record="meeting:salt-room-25", kind="commitment") == set()
    assert found(since="2026-02-03") == {"summit", "mention"}
    assert found(since="2026-02-02", until="2026-02-03") == {"meeting", "summit"}
    assert found(since="2026-02", until="2026") == set(made)
    assert found(until="9999-12-31") == set(made)


def test_numbers_asked_of_one_record_lead_to_its_rows_only(universe: Universe, client: Client) -> None:
    universe.grow(15)
    one = newest(client, record="commitment:river-pipeline")
    address = reverse("tracker:change", args=[one.edit.key])
    listed = context(client, address, kind="mention", record="commitment:river-pipeline")
    assert listed["page"].paginator.count == 15
    assert {word.text for entry in listed["entries"] for word in entry.words[:1]} == {"River pipeline"}
    assert "?kind=mention&amp;record=commitment%3Ariver-pipeline" in words_of(client, f"{LOG}?record=commitment:river-pipeline")


@pytest.mark.parametrize(
    ("word", "value"),
    [("kind", "x"), ("kind", "citation"), ("series", "x"), ("since", "2026-02-30"), ("until", "x"), ("record", "commitment:x"), ("record", "x"),
     ("record", "mention:1"), ("record", "citation:a"), ("before", "x"), ("before", "9" * 12), ("record", "й" * 200), ("since", "9" * 30)],
)  # fmt: skip
def test_a_word_that_is_none_shows_nothing_and_says_so(universe: Universe, client: Client, word: str, value: str) -> None:
    response = client.get(LOG, {word: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [word]
    assert "days" not in response.context
    body = response.content.decode()
    assert f'id="id_{word}_error"' in body
    key = Edit.objects.get().key
    assert client.get(reverse("tracker:change", args=[key]), {word: value}).status_code == 200


def test_days_in_the_wrong_order_are_told(universe: Universe, client: Client) -> None:
    assert context(client, since="2026-02-02", until="2026-02-01")["form"].errors.keys() == {"until"}
    assert told(client, since="2026-02-02", until="2026-02-02") == []


def test_the_log_is_read_page_by_page(universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_of_changes, "EDITS", 3)
    meeting = Meeting.objects.get(slug="reed-24")
    for day in range(1, 8):
        edited(meeting, day=(day + 1) // 2, place=f"Place {day}")
    seen: list[str] = []
    older = ""
    for _page in range(3):
        found = context(client, **({"before": older} if older else {}))
        seen += [one.edit.key for _day, some in found["days"] for one in some]
        older = found["older"]
    assert older == ""
    assert seen == list(Edit.objects.order_by("-made", "-pk").values_list("key", flat=True))


def test_more_than_a_bounded_number_is_said_to_be_more(universe: Universe, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "MOST_COUNTED", 5)
    ((sentence, counts),) = newest(client).sums
    assert sentence.startswith("More than ")
    assert "more than 5 sources" in {count.text for count in counts}
    listed = context(client, reverse("tracker:change", args=[newest(client).edit.key]), kind="source")
    assert (len(listed["entries"]), listed["is_cut_off"]) == (5, True)


def everything_at_once() -> None:
    """Correct a record of each kind and a row beside each, so that every query of the log has something to find."""
    edited(Party.objects.get(slug="northmark"), wikidata_id="Q1")
    edited(Commitment.objects.get(slug="salt-mill"), day=2, criteria="Salt.")
    edited(Citation.objects.order_by("pk")[0], day=3, paraphrase="So.")
    edited(Attendance.objects.order_by("pk")[0], day=4, office="Envoy")
    edited(Meeting.objects.get(slug="reed-24"), day=5, state=PublicationState.WITHDRAWN, withdrawn_reason="No.")


@pytest.mark.parametrize("query", ["", "?record=commitment:river-pipeline", f"?series={SERIES}&kind=mention&since=2026"])
def test_the_log_costs_the_same_with_more_meetings(universe: Universe, client: Client, query: str) -> None:
    everything_at_once()
    universe.grow(1)
    assert_cost_is_flat(lambda: fetch(client, reverse("tracker:changes") + query), universe.grow, budget=OTHERS)


@pytest.mark.parametrize("kind", ["meeting", "mention", ""])
def test_an_edit_costs_the_same_with_more_records(universe: Universe, client: Client, kind: str) -> None:
    def latest_load() -> None:
        key = Load.objects.order_by("-pk").values_list("edit__key", flat=True)[0]
        fetch(client, f"{reverse('tracker:change', args=[key])}?kind={kind}")

    assert_cost_is_flat(latest_load, universe.grow, budget=OTHERS)


def test_an_edit_of_a_few_records_costs_no_more_than_others(universe: Universe, client: Client) -> None:
    everything_at_once()
    for key in Edit.objects.values_list("key", flat=True):
        assert len(cost(lambda key=key: fetch(client, reverse("tracker:change", args=[key])))) <= OTHERS  # type: ignore[misc]


@pytest.mark.parametrize("name", ["commitment", "meeting", "source"])
def test_a_record_leads_to_its_own_changes(universe: Universe, client: Client, name: str) -> None:
    slug = {"commitment": "river-pipeline", "meeting": "oakport-25", "source": "north-24"}[name]
    link = f"{LOG}?record={name}:{slug}"
    assert f'href="{link}"' in words_of(client, reverse(f"tracker:{name}", args=[slug]))
    assert len(told(client, record=f"{name}:{slug}")) == 1
