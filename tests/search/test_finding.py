"""Finding: one suite for both engines. Names in any script, wrong letters, quoted words, words left out, and never an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.universe import Universe, mention, table
from tracker.models import Commitment, Meeting, Mention, Participant, Series, Source
from tracker.search import finding
from tracker.search.finding import MOST_HITS, SUGGESTIONS, search, suggestions
from tracker.vocabulary import PublicationState

URDU = "پاکستان اسٹیل ملز"
THING = {"kind": "project", "parent": "energy", "series": "northmark-southland", "parties": ["northmark", "southland"], "listed_on": "2026-01-01"}
Recorded = type[Commitment | Meeting | Mention | Participant | Source | Series]


def slugs(typed: str, kind: str) -> list[str]:
    return [hit.slug for hit in search(typed).hits if hit.kind == kind]


def thing(slug: str, name: str, **names: str) -> str:
    """Return a commitment with names in other languages."""
    others = [{"key": key, "name": other, "language": key} for key, other in names.items()]
    return table("commitment", slug=slug, name=name, criteria="It runs.", children={"names": others}, **THING)


@pytest.fixture
def scripts(universe: Universe) -> Universe:
    """Return the universe with a mill that has a Russian, an Urdu and a Chinese name."""
    universe.add(thing("salt-mill", "Salt mill", ru="Соляной завод у моря", ur=URDU, zh="海边盐厂"), "scripts")
    return universe


@pytest.mark.parametrize(
    "typed",
    [
        "salt mill",
        "SALT",
        "Соляной завод",
        "СОЛЯНОЙ",
        "завод",
        "зав",
        URDU,
        "پاكستان اسٹیل",
        "اسٹیل",
        "پاکستان",
        "sal mil",
        "mill salt",
        "盐厂",
        "海",
        "“盐厂”",
    ],
)
def test_a_thing_is_found_by_each_of_its_names(scripts: Universe, typed: str) -> None:
    found = search(typed)
    assert [hit.slug for hit in found.of("commitment")] == ["salt-mill"]
    assert found.instead is None


@pytest.mark.parametrize(
    ("typed", "instead"),
    [
        ("rivr pipeline", "river pipeline"),
        ("rivre", "river"),
        ("rriver", "river"),
        ("pipelime", "pipeline"),
        ("соляноя", "солянои"),
        ("заовд", "завод"),
        ("پاکستن", "پاکستان"),
        ("Oakprot", "oakport"),
        ("shores rivre", "shores river"),
    ],
)
def test_one_wrong_letter_finds_it_and_says_so(scripts: Universe, typed: str, instead: str) -> None:
    universe_says = "line for both shores of the river"
    scripts.add(mention("river-pipeline", "reed-24", "wire-24", phrase=universe_says), "shores")
    found = search(typed)
    assert str(found.instead) == instead
    assert found.hits


def test_a_quoted_word_is_taken_at_its_letters(scripts: Universe) -> None:
    assert search('"rivr"').hits == ()
    assert search('"rive"').hits == ()
    assert slugs('"river"', "commitment") == ["river-pipeline"]


def test_people_are_found_in_the_script_of_another_name(universe: Universe) -> None:
    assert slugs("вейн", "participant") == slugs("Vane", "participant") == slugs("vene", "participant") == ["ada-vane"]
    assert [(hit.text, hit.alias, hit.language) for hit in search("вейн").of("participant")] == [("Ada Vane", "Ада Вейн", "ru")]


def test_parties_are_found_beside_people(universe: Universe) -> None:
    assert slugs("north", "party") == ["northmark"]
    assert slugs("rivers", "party") == ["league"]


def test_quoted_words_stay_together_and_a_minus_leaves_out(universe: Universe) -> None:
    assert slugs("line", "commitment") == ["ferry-line", "river-pipeline"]
    assert slugs('"line ferry"', "commitment") == []
    assert slugs('"ferry line"', "commitment") == ["ferry-line"]
    assert slugs("line -ferry", "commitment") == ["river-pipeline"]
    assert slugs("line -river", "commitment") == ["ferry-line"]


def test_a_thing_found_by_several_of_its_names_stands_once(scripts: Universe) -> None:
    scripts.add(thing("salt-mill", "Salt mill", en="Salt works mill", ru="Salt mill at sea"), "again")
    assert slugs("salt mill", "commitment") == ["salt-mill"]


def test_passages_lead_to_the_mention_they_prove(universe: Universe) -> None:
    hits = search("both shores").of("passage")
    assert [(hit.slug, hit.anchor, hit.text) for hit in hits] == [("river-pipeline", "at-oakport-21", "a line for both shores")]


def test_a_phrase_comes_before_a_paraphrase_and_the_newest_first(universe: Universe) -> None:
    anchors = [hit.anchor for hit in search("river pipeline came").of("passage")]
    assert anchors[:2] == ["at-quay-24", "at-summit-23"]
    universe.add(mention("ferry-line", "oakport-21", "south-21", party="southland", phrase="the river pipeline came too"), "phrase")
    assert search("river pipeline came").of("passage")[0].text == "the river pipeline came too"


def test_meetings_and_sources_are_found_by_title_place_and_publisher(universe: Universe) -> None:
    assert slugs("oakport", "meeting") == ["oakport-25", "oakport-21"]
    assert slugs("herald", "source") == ["herald-22"]


def test_the_better_a_name_answers_the_earlier_it_stands(universe: Universe) -> None:
    names = {"other": {"en": "Dam road"}, "within": {}, "begins": {}, "whole": {}, "half": {}}
    texts = {"other": "A lock", "within": "The dam road", "begins": "Dam road south", "whole": "Dam road", "half": "Damage roads"}
    universe.add("\n".join(thing(slug, texts[slug], **names[slug]) for slug in texts), "dams")
    assert slugs("dam road", "commitment") == ["whole", "begins", "within", "half", "other"]


def test_the_whole_name_is_found_among_more_than_are_looked_at(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_HITS", 5)
    universe.grow(30)
    found = search("thing 1")
    assert found.of("commitment")[0].slug == "grown-thing-1"
    assert len(found.of("commitment")) == 5
    assert "commitment" in found.more
    assert "meeting" not in found.more


def test_names_are_suggested_from_their_first_letters(universe: Universe) -> None:
    universe.grow(12)
    assert [hit.text for hit in suggestions("riv").hits] == ["River pipeline", "League of Rivers"]
    assert [hit.slug for hit in suggestions("oakport").hits] == ["oakport-25", "oakport-21"]
    assert [hit.slug for hit in suggestions("blue").hits] == ["river-pipeline"]
    assert [hit.slug for hit in suggestions("pipelime").hits] == ["river-pipeline"]
    assert len(suggestions("thing").hits) == SUGGESTIONS


@pytest.mark.parametrize("model", [Commitment, Meeting, Mention, Participant, Source, Series])
def test_a_draft_is_not_found(universe: Universe, model: Recorded) -> None:
    kinds = {Commitment: "commitment", Meeting: "meeting", Mention: "passage", Participant: "participant", Source: "source", Series: "commitment"}
    typed = {"meeting": "oakport", "passage": "shores", "participant": "vane", "source": "herald", "commitment": "river"}[kinds[model]]
    assert slugs(typed, kinds[model])
    model._default_manager.update(state=PublicationState.DRAFT)
    assert slugs(typed, kinds[model]) == []
    assert kinds[model] not in {hit.kind for hit in suggestions(typed).hits}


def test_a_draft_lends_no_word_to_a_wrong_letter(universe: Universe) -> None:
    Commitment.objects.filter(slug="river-pipeline").update(state=PublicationState.DRAFT)
    assert search("rivr").instead is None
    assert search("pipelime").instead is None


def test_drafts_move_no_count_and_push_nothing_out(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    universe.grow(12)
    monkeypatch.setattr(finding, "MOST_HITS", 5)
    Commitment.objects.filter(slug__startswith="grown-thing-").exclude(slug="grown-thing-11").update(state=PublicationState.DRAFT)
    found = search("thing")
    assert [hit.slug for hit in found.of("commitment")] == ["grown-thing-11"]
    assert "commitment" not in found.more


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_searched_for(universe: Universe, typed: str) -> None:
    assert len(search(typed).hits) <= 6 * MOST_HITS
    assert len(suggestions(typed).hits) <= SUGGESTIONS


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        '"',
        "%",
        "_",
        "\\",
        "*",
        "NEAR(",
        "a AND",
        "\u202e",
        "ß",
        "İ",
        "😀",
        "a" * 300,
        "-",
        '""',
        "\x00",
        "؛",
        "\ud800",
        "{key}: x",
        "^a",
        "a:*",
        "!a",
        "a<->b",
        "'':*",
    ],
)
def test_no_text_is_an_error(universe: Universe, typed: str) -> None:
    search(typed)
    search(f'{typed} river -{typed} "{typed}"')
