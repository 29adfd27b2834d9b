"""Search: one suite for both engines. Names in any script, wrong letters, quoted words, words left out, and never an error."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.universe import Universe, table
from tracker.folding import marked
from tracker.models import Citation, Commitment, Meeting, Mention, Participant, Series, Source
from tracker.search import LONGEST, MOST_HITS, MOST_WORDS, Wanted, search, understood
from tracker.vocabulary import PublicationState

URDU = "پاکستان اسٹیل ملز"


def slugs(typed: str, kind: str) -> list[str]:
    return [hit.slug for hit in search(typed).hits if hit.kind == kind]


@pytest.mark.parametrize(
    ("typed", "words", "without"),
    [
        ("steel mill", ("steel", "mill"), ()),
        ("  STEEL\tsteel ", ("steel",), ()),
        ('"steel mill" karachi', ("steel mill", "karachi"), ()),
        ("“steel mill”", ("steel mill",), ()),
        ("«стальной завод»", ("стальнои завод",), ()),
        ("steel -mill", ("steel",), ("mill",)),
        ('-"steel mill" gas', ("gas",), ("steel mill",)),
        ("North-South", ("north", "south"), ()),
        ("Ёлка", ("елка",), ()),
        ("", (), ()),
        ('- "" * ( AND NEAR/2', ("and", "near", "2"), ()),
        ('"unclosed words', ("unclosed", "words"), ()),
    ],
)
def test_what_is_typed_is_understood(typed: str, words: tuple[str, ...], without: tuple[str, ...]) -> None:
    assert understood(typed) == Wanted(words, without)


def test_no_more_is_read_than_a_box_should_hold() -> None:
    assert len(understood(" ".join(f"w{number}" for number in range(100))).words) == MOST_WORDS
    assert understood("x" * 10_000).words == ("x" * LONGEST,)


@pytest.fixture
def scripts(universe: Universe) -> Universe:
    """Return the universe with a mill that has a Russian and an Urdu name."""
    names = [{"key": "ru", "name": "Соляной завод", "language": "ru"}, {"key": "ur", "name": URDU, "language": "ur"}]
    more = {"kind": "project", "parent": "energy", "series": "northmark-southland", "parties": ["northmark", "southland"], "listed_on": "2026-01-01"}
    universe.add(table("commitment", slug="salt-mill", name="Salt mill", criteria="The mill runs.", children={"names": names}, **more), "scripts")
    return universe


@pytest.mark.parametrize("typed", ["salt mill", "SALT", "Соляной завод", "СОЛЯНОЙ", "завод", URDU, "پاكستان استیل", "پاکستان", "sal mil"])
def test_a_thing_is_found_by_each_of_its_names(scripts: Universe, typed: str) -> None:
    assert "salt-mill" in slugs(typed.replace("استیل", "اسٹیل"), "commitment")


@pytest.mark.parametrize(("typed", "instead"), [("rivr pipeline", ("river", "pipeline")), ("pipelime", ("pipeline",)), ("соляноя", ("солянои",))])
def test_one_wrong_letter_finds_it_and_says_so(scripts: Universe, typed: str, instead: tuple[str, ...]) -> None:
    found = search(typed)
    assert found.instead == instead
    assert [hit.slug for hit in found.of("commitment")]


def test_people_are_found_in_the_script_of_another_name(universe: Universe) -> None:
    assert slugs("вейн", "participant") == slugs("Vane", "participant") == slugs("vene", "participant") == ["ada-vane"]


def test_quoted_words_stay_together_and_a_minus_leaves_out(universe: Universe) -> None:
    assert slugs("line", "commitment") == ["ferry-line", "river-pipeline"]
    assert slugs('"line ferry"', "commitment") == []
    assert slugs("line -ferry", "commitment") == ["river-pipeline"]


def test_passages_lead_to_the_mention_they_prove(universe: Universe) -> None:
    hits = search("both shores").of("passage")
    assert [(hit.slug, hit.anchor, hit.text) for hit in hits] == [("river-pipeline", "at-oakport-21", "a line for both shores")]


def test_meetings_and_sources_are_found_by_title_place_and_publisher(universe: Universe) -> None:
    assert slugs("oakport", "meeting")[:2]
    assert slugs("herald", "source") == ["herald-22"]


def test_the_whole_name_comes_before_what_only_holds_it(universe: Universe) -> None:
    universe.grow(3)
    assert slugs("thing 1", "commitment")[0] == "grown-thing-1"


def test_of_much_the_best_is_shown_and_the_rest_is_told(universe: Universe) -> None:
    universe.grow(30)
    found = search("thing")
    assert len(found.of("commitment")) == MOST_HITS
    assert "commitment" in found.more


@pytest.mark.parametrize("model", [Commitment, Meeting, Mention, Participant, Source, Series])
def test_a_draft_is_not_found(universe: Universe, model: type[Commitment | Meeting | Mention | Participant | Source | Series]) -> None:
    kinds = {Commitment: "commitment", Meeting: "meeting", Mention: "passage", Participant: "participant", Source: "source", Series: "commitment"}
    typed = {"meeting": "oakport", "passage": "shores", "participant": "vane", "source": "herald", "commitment": "river"}[kinds[model]]
    assert slugs(typed, kinds[model])
    model._default_manager.update(state=PublicationState.DRAFT)
    assert slugs(typed, kinds[model]) == []


def test_a_draft_lends_no_word_to_a_wrong_letter(universe: Universe) -> None:
    Commitment.objects.filter(slug="river-pipeline").update(state=PublicationState.DRAFT)
    assert search("rivr").instead != ("river",)


def test_words_follow_a_change_of_the_record(universe: Universe) -> None:
    row = Citation.objects.get(phrase="a line for both shores", mention__meeting__slug="oakport-21")
    row.phrase = "an altogether other wording"
    row.save()
    assert search("altogether other").of("passage")
    assert not [hit for hit in search("both shores").of("passage") if "shores" in hit.text]


@pytest.mark.parametrize(
    "typed",
    ["'", '"', "%", "_", "\\", "*", "NEAR(", "a AND", "\u202e", "ß", "İ", "😀", "a" * 300, "-", '""', "%00", "؛", "\ud800".encode("utf-8", "replace").decode()],
)
def test_no_query_is_an_error(client: Client, universe: Universe, typed: str) -> None:
    assert client.get(reverse("tracker:search"), {"q": typed}).status_code == 200


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_searched_for(universe: Universe, typed: str) -> None:
    assert len(search(typed.replace("\x00", "")).hits) <= 6 * MOST_HITS


@given(st.text(max_size=60), st.lists(st.text(max_size=5), max_size=3))
def test_marking_words_never_changes_the_text(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _is_word in marked(text, words)) == text


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The Steel Mill", "steel mill", ["Steel Mill"]),
        ("Ёлка и ёлка", "елка", ["Ёлка", "ёлка"]),
        ("naïve", "naive", ["naïve"]),
        ("a—b", "a b", ["a—b"]),
        ("nothing here", "mill", []),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, word: str, expected: list[str]) -> None:
    assert [piece for piece, is_word in marked(text, [word]) if is_word] == expected


def test_the_page_says_when_nothing_is_found_and_when_nothing_was_asked(client: Client, universe: Universe) -> None:
    def page(typed: str) -> str:
        return client.get(reverse("tracker:search"), {"q": typed}).content.decode()

    assert "Nothing was found" in page("zzzzqqqq")
    assert "no word in this" in page("!!!")
    assert "<mark>River</mark>" in page("river")
    assert "<script>" not in page("<script>alert(1)</script>")
