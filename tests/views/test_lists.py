"""The public lists: what each filter finds, what a word that can't be understood gives, and that the address is the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tests.universe import SERIES, Universe
from tracker import filters
from tracker.filters.facets import MOST_CHOICES
from tracker.models import Commitment, Deadline, Meeting, Mention, Participant, Party, Source
from tracker.queries.coded import all_deadlines, all_mentions
from tracker.queries.lists import all_commitments, all_meetings, all_participants, all_sources
from tracker.queries.parties import all_parties
from tracker.vocabulary import PublicationState

LISTS = {
    "commitment_list": filters.CommitmentFilter,
    "mention_list": filters.MentionFilter,
    "deadline_list": filters.DeadlineFilter,
    "meeting_list": filters.MeetingFilter,
    "source_list": filters.SourceFilter,
    "participant_list": filters.ParticipantFilter,
    "party_list": filters.PartyFilter,
}
DAY = date(2026, 1, 31)
#: The rows of each list, as its page asks for them.
ROWS: dict[type[filters.ListFilter], Callable[[], Any]] = {
    filters.CommitmentFilter: lambda: all_commitments(DAY),
    filters.MentionFilter: all_mentions,
    filters.DeadlineFilter: lambda: all_deadlines(DAY),
    filters.MeetingFilter: all_meetings,
    filters.SourceFilter: all_sources,
    filters.ParticipantFilter: all_participants,
    filters.PartyFilter: all_parties,
}
#: A value for every word that is no choice, so that a new filter can't go untested.
TYPED = {"text": "ferry", "said": "shores", "since": "2021", "until": "2024", "idle": "1", "quiet": "1", "days": "1", "language": "en"}
RECORDS = {"series": SERIES, "area": "transport", "commitment": "ferry-line", "participant": "bo-lind"}


def words() -> list[tuple[str, str, str]]:
    """Return every filter of every list with a value that it understands."""
    found = []
    for name, kind in LISTS.items():
        for word, one in kind.base_filters.items():
            choices = [value for value, _label in one.extra.get("choices", ())]
            value = TYPED.get(word) or (choices[0] if choices else RECORDS.get(word, "northmark"))
            found.append((name, word, str(value)))
    return found


def fetched(client: Client, name: str, **query: str) -> Mapping[str, Any]:
    response = client.get(reverse(f"tracker:{name}"), query)
    assert response.status_code == 200
    context: Any = response.context
    return context  # type: ignore[no-any-return]  # a mapping of what the template was given


def found(client: Client, name: str, **query: str) -> list[Any]:
    return list(fetched(client, name, **query)["page"].object_list)


@pytest.mark.parametrize("name", LISTS)
def test_every_filter_is_understood_and_narrows_what_is_shown(client: Client, universe: Universe, name: str) -> None:
    everything = {row.pk for row in found(client, name)}
    for word, value in ((word, value) for one, word, value in words() if one == name):
        context = fetched(client, name, **{word: value})
        assert context["filter"].form.errors == {}, word
        assert {row.pk for row in context["page"].object_list} <= everything, word


@pytest.mark.parametrize("name", LISTS)
def test_a_word_that_is_none_shows_nothing_and_says_so_beside_the_field(client: Client, universe: Universe, name: str) -> None:
    for word in (word for one, word, _value in words() if one == name and word not in {"text", "said", "language"}):
        response = client.get(reverse(f"tracker:{name}"), {word: "no-such-word"})
        assert response.status_code == 200
        assert list(response.context["page"].object_list) == []
        assert list(response.context["filter"].form.errors) == [word]
        assert f'id="id_{word}_error"' in response.content.decode()


BAD = ["\u0000", "999999999999999999999", "-1", "2025-02-30", "'\"><script>", "й" * 101]


@pytest.mark.parametrize("name", LISTS)
def test_no_value_is_a_server_error(client: Client, universe: Universe, name: str) -> None:
    """Each value in every word at once, each word being read by itself, and in the number of the page alone."""
    for value in BAD:
        for query in (dict.fromkeys([*LISTS[name].base_filters, "page"], value), {"page": value}):
            assert client.get(reverse(f"tracker:{name}"), query).status_code in {200, 400}


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
    context = fetched(client, "mention_list", act="reaffirmed", area="transport", sort="when", page="1")
    chips = {chip.label: chip for chip in context["chips"]}
    assert set(chips) == {"Act", "Area"}
    assert chips["Act"].value == "Reaffirmed"
    assert chips["Act"].without == "?area=transport&sort=when"


def test_paging_keeps_what_was_asked(client: Client, universe: Universe) -> None:
    universe.grow(70)
    response = client.get(reverse("tracker:mention_list"), {"sort": "when"})
    assert response.context["page"].paginator.num_pages > 1
    assert "sort=when&amp;page=2" in response.content.decode()


@pytest.mark.parametrize("model", [Commitment, Meeting, Source, Mention, Deadline, Participant, Party])
def test_a_draft_is_in_no_list_and_in_no_count(client: Client, universe: Universe, model: type[Any]) -> None:
    before = {name: fetched(client, name)["page"].paginator.count for name in LISTS}
    model.objects.update(state=PublicationState.DRAFT)
    own = {
        Party: "party_list",
        Commitment: "commitment_list",
        Meeting: "meeting_list",
        Source: "source_list",
        Mention: "mention_list",
        Deadline: "deadline_list",
    }
    name = own.get(model, "participant_list")
    assert before[name] > 0
    assert fetched(client, name)["page"].paginator.count == 0


def asked(kind: type[filters.ListFilter], query: Mapping[str, str] | None = None) -> filters.ListFilter:
    data = QueryDict(mutable=True)
    data.update(query or {})
    return kind(data, queryset=ROWS[kind](), today=DAY)


@pytest.mark.parametrize("name", LISTS)
def test_a_choice_gives_as_many_rows_as_stand_beside_it(universe: Universe, name: str) -> None:
    """Alone, and with each of two other filters kept."""
    universe.grow(4)
    kind = LISTS[name]
    others = [(word, value) for one, word, value in words() if one == name and word in {"series", "kind", "level", "party"}][:2]
    told = 0
    for kept in [{}, *({word: value} for word, value in others)]:
        for facet, choices in asked(kind, kept).counts().items():
            for choice in choices:
                query = kept | {facet: choice.word}
                assert asked(kind, query).qs.count() == choice.rows, query
                told += choice.rows > 0
    assert told > 5


@pytest.mark.parametrize("name", LISTS)
def test_every_choice_that_gives_rows_stands_in_its_facet(universe: Universe, name: str) -> None:
    kind = LISTS[name]
    counts = asked(kind).counts()
    assert set(counts) == {facet.name for facet in kind.facets}
    for facet, choices in counts.items():
        given = {choice.word for choice in choices if choice.rows}
        spelled = [word for word, _label in kind.base_filters[facet].extra.get("choices", ())]
        assert {word for word in spelled if asked(kind, {facet: word}).qs.exists()} <= given, facet


@pytest.mark.parametrize("name", LISTS)
def test_every_order_is_settled_and_its_opposite_turns_it(universe: Universe, name: str) -> None:
    kind = LISTS[name]
    for word, column in kind.columns.items():
        rising, falling = (list(asked(kind, {"sort": f"{sign}{word}"}).qs) for sign in ("", "-"))
        assert {row.pk for row in rising} == {row.pk for row in falling}
        assert [row.pk for row in rising] == [row.pk for row in asked(kind, {"sort": word}).qs]
        values = [[value for row in rows if (value := asked_for(row, column.fields[0])) is not None] for rows in (rising, falling)]
        assert values[0] == values[1][::-1], word
        assert column.directions[0] != column.directions[1]


def asked_for(row: Any, field: str) -> Any:
    """Return what a row is sorted by, or None where a step of the way is missing."""
    for step in field.split("__"):
        try:
            row = getattr(row, step)
        except ObjectDoesNotExist:
            return None
        if row is None:
            return None
    return row


@pytest.mark.parametrize("name", LISTS)
def test_links_of_a_list_lead_to_what_they_say(client: Client, universe: Universe, name: str) -> None:
    address, context = reverse(f"tracker:{name}"), fetched(client, name)
    for facet in context["facets"]:
        answer = client.get(address + facet.offers[-1].query)
        assert answer.context["page"].paginator.count == facet.offers[-1].rows, facet.name
        assert answer.context["filter"].in_force.keys() == {facet.name}
    for word, head in context["heads"].items():
        assert client.get(address + head.query).context["heads"][word].sorted


def test_heads_say_how_the_rows_are_sorted_and_turn_the_order(client: Client, universe: Universe) -> None:
    heads = fetched(client, "commitment_list", sort="-idle", kind="project", page="2")["heads"]
    assert {word: head.sorted for word, head in heads.items() if head.sorted} == {"idle": "descending"}
    assert heads["idle"].query == "?sort=idle&kind=project"
    assert heads["mentions"].query == "?sort=-mentions&kind=project"
    assert heads["name"].query == "?sort=name&kind=project"


def test_nothing_found_says_which_filter_to_take_away(client: Client, universe: Universe) -> None:
    response = client.get(reverse("tracker:commitment_list"), {"area": "transport", "text": "river"})
    loosened = {chip.label: chip.rows for chip in response.context["chips"]}
    assert list(response.context["page"].object_list) == []
    assert loosened == {"Name": 3, "Area": 1}
    assert {chip.label for chip in response.context["loosened"]} == {"Name", "Area"}


def test_of_a_word_given_twice_the_last_counts_and_a_word_nobody_knows_is_dropped(client: Client, universe: Universe) -> None:
    response = client.get(f"{reverse('tracker:commitment_list')}?kind=area&colour=red&kind=project")
    assert {row.kind for row in response.context["page"].object_list} == {"project"}
    assert b"colour" not in response.content
    assert b"kind=area&amp;" not in response.content


def test_a_facet_of_many_records_shows_the_largest_and_the_one_in_force(client: Client, universe: Universe) -> None:
    universe.grow(20)
    context = fetched(client, "mention_list", commitment="grown-thing-9")
    facet = next(one for one in context["facets"] if one.name == "commitment")
    assert len(facet.offers) == MOST_CHOICES + 1
    assert [offer.label for offer in facet.offers if offer.chosen] == ["Thing 9"]
    assert facet.left > 0


def test_a_list_alone_is_sent_to_the_page_that_asks_for_it(client: Client, universe: Universe) -> None:
    address = reverse("tracker:commitment_list")
    whole, list_only = client.get(address), client.get(address, headers={"HX-Request": "true"})
    again = client.get(address, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content
    assert b"<html" not in list_only.content
    assert b'id="list"' in list_only.content
    assert b"<title>Commitments" in list_only.content
    assert again.content == whole.content
    assert {"HX-Request", "HX-History-Restore-Request"} <= {name.strip() for name in whole["Vary"].split(",")}


def test_where_nobody_looked_nothing_is_called_quiet(universe: Universe) -> None:
    unread = {row.pk for row in asked(filters.CommitmentFilter, {"looked": "nobody"}).qs}
    assert {row.slug for row in asked(filters.CommitmentFilter, {"looked": "nobody"}).qs} == set(
        Commitment.objects.filter(roll_up__quiet_meetings=0, roll_up__eligible_since__gt=0).values_list("slug", flat=True)
    )
    assert not unread & {row.pk for row in asked(filters.CommitmentFilter, {"quiet": "1"}).qs}
    assert all(
        not unread & {row.pk for row in asked(filters.CommitmentFilter, {"condition": word}).qs}
        for word in ("dormant", "presumed_lapsed", "hollowed", "one_off")
    )


def test_filters_by_number_start_where_they_narrow(universe: Universe) -> None:
    assert {row.slug for row in asked(filters.CommitmentFilter, {"days": "900"}).qs} == {"night-train"}
    assert all(row.roll_up.idle_restatements >= 1 for row in asked(filters.CommitmentFilter, {"idle": "1"}).qs)
    assert "quiet" in asked(filters.CommitmentFilter, {"quiet": "0"}).form.errors
