"""The public lists: what each filter finds, what a word that can't be understood gives, and that the address is the state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.universe import SERIES, Universe
from tracker import filters
from tracker.models import Commitment, Deadline, Meeting, Mention, Participant, Party, Source
from tracker.vocabulary import PublicationState

LISTS = {
    "commitment_list": filters.CommitmentFilter,
    "mention_list": filters.MentionFilter,
    "deadline_list": filters.DeadlineFilter,
    "meeting_list": filters.MeetingFilter,
    "source_list": filters.SourceFilter,
    "participant_list": filters.ParticipantFilter,
}
#: A value for every word that is no choice, so that a new filter can't go untested.
TYPED = {"text": "ferry", "said": "shores", "since": "2021", "until": "2024", "idle": "0", "language": "en"}


def words() -> list[tuple[str, str, str]]:
    """Return every filter of every list with a value that it understands."""
    found = []
    for name, kind in LISTS.items():
        for word, one in kind.base_filters.items():
            choices = [value for value, _label in one.extra.get("choices", ())]
            value = TYPED.get(word) or (choices[0] if choices else {"series": SERIES, "area": "transport"}.get(word, "northmark"))
            found.append((name, word, str(value)))
    return found


def fetched(client: Client, name: str, **query: str) -> Mapping[str, Any]:
    response = client.get(reverse(f"tracker:{name}"), query)
    assert response.status_code == 200
    context: Any = response.context
    return context  # type: ignore[no-any-return]  # a mapping of what the template was given


def found(client: Client, name: str, **query: str) -> list[Any]:
    return list(fetched(client, name, **query)["page"].object_list)


@pytest.mark.parametrize(("name", "word", "value"), words())
def test_every_filter_is_understood_and_narrows_what_is_shown(client: Client, universe: Universe, name: str, word: str, value: str) -> None:
    everything = {row.pk for row in found(client, name)}
    context = fetched(client, name, **{word: value})
    assert context["filter"].form.errors == {}
    assert {row.pk for row in context["page"].object_list} <= everything


@pytest.mark.parametrize(("name", "word"), [(name, word) for name, word, _value in words() if word not in {"text", "said", "language"}])
def test_a_word_that_is_none_shows_nothing_and_says_so_beside_the_field(client: Client, universe: Universe, name: str, word: str) -> None:
    response = client.get(reverse(f"tracker:{name}"), {word: "no-such-word"})
    assert response.status_code == 200
    assert list(response.context["page"].object_list) == []
    assert list(response.context["filter"].form.errors) == [word]
    assert f'id="id_{word}_error"' in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("value", ["\u0000", "999999999999999999999", "-1", "2025-02-30", "'\"><script>", "й" * 101])
def test_no_value_is_a_server_error(client: Client, universe: Universe, name: str, value: str) -> None:
    for word in [*LISTS[name].base_filters, "page"]:
        assert client.get(reverse(f"tracker:{name}"), {word: value}).status_code in {200, 400}


def test_mentions_are_found_by_what_was_coded(client: Client, universe: Universe) -> None:
    by_act = found(client, "mention_list", act="reaffirmed")
    assert by_act
    assert {row.act for row in by_act} == {"reaffirmed"}
    under = {row.commitment.slug for row in found(client, "mention_list", area="transport")}
    assert under == {slug for slug in ("transport", "ferry-line", "night-train") if Mention.objects.published().of_commitment(slug).exists()}
    assert {row.meeting.slug for row in found(client, "mention_list", format="interview")} == {"studio-24"}
    assert all(row.meeting.starts_latest.year >= 2025 for row in found(client, "mention_list", since="2025"))


def test_the_same_word_is_followed_from_one_commitment_to_the_next(client: Client, universe: Universe) -> None:
    assert {row.commitment.slug for row in found(client, "mention_list", said="both shores")} == {"river-pipeline"}
    (row,) = fetched(client, "mention_list", said="BOTH shores")["rows"]
    assert row.head.phrase == "a line for both shores"
    assert len(found(client, "mention_list", said="CAME UP")) == len(found(client, "mention_list"))


def test_what_a_side_voiced_holds_what_both_voiced(client: Client, universe: Universe) -> None:
    rows = fetched(client, "mention_list", party="northmark")["rows"]
    assert rows
    assert all(one.both_sides or "northmark" in one.voice for one in rows)


def test_a_name_in_any_spelling_finds_the_commitment(client: Client, universe: Universe) -> None:
    name = Commitment.objects.get(slug="ferry-line").name
    assert [row.slug for row in found(client, "commitment_list", text=name.upper())] == ["ferry-line"]


def test_meetings_and_statements_are_told_apart(client: Client, universe: Universe) -> None:
    both = {row.pk for row in found(client, "meeting_list")}
    meetings, statements = ({row.pk for row in found(client, "meeting_list", what=what)} for what in ("meetings", "statements"))
    assert meetings
    assert statements
    assert meetings | statements == both
    assert not meetings & statements


def test_a_filter_in_force_can_be_taken_away_and_the_rest_of_the_address_stays(client: Client, universe: Universe) -> None:
    context = fetched(client, "mention_list", act="reaffirmed", area="transport", sort="oldest", page="1")
    chips = {chip.label: chip for chip in context["chips"]}
    assert set(chips) == {"Act", "Area"}
    assert chips["Act"].value == "Reaffirmed"
    assert chips["Act"].without == "?area=transport&sort=oldest"


def test_paging_keeps_what_was_asked(client: Client, universe: Universe) -> None:
    universe.grow(70)
    response = client.get(reverse("tracker:mention_list"), {"sort": "oldest"})
    assert response.context["page"].paginator.num_pages > 1
    assert "sort=oldest&amp;page=2" in response.content.decode()


@pytest.mark.parametrize("model", [Commitment, Meeting, Source, Mention, Deadline, Participant, Party])
def test_a_draft_is_in_no_list_and_in_no_count(client: Client, universe: Universe, model: type[Any]) -> None:
    before = {name: fetched(client, name)["page"].paginator.count for name in LISTS}
    model.objects.update(state=PublicationState.DRAFT)
    own = {Commitment: "commitment_list", Meeting: "meeting_list", Source: "source_list", Mention: "mention_list", Deadline: "deadline_list"}
    name = own.get(model, "participant_list")
    assert before[name] > 0
    assert fetched(client, name)["page"].paginator.count == 0
