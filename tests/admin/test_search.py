"""Finding records: words in any script, and choices that can be told apart."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.admin.desk import RECORDS, address, rows
from tests.costs import assert_cost_is_flat
from tests.universe import Universe
from tracker.models import Citation, Commitment, Deadline, Meeting, Mention, Milestone, Participant, Party, Series, Source


def found(client: Client, model: type[Model], words: str) -> list[Any]:
    """Return the rows that the list of ``model`` shows for ``words``."""
    page = client.get(address(model, "changelist"), {"q": words})
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


def choices(client: Client, model: type[Model], field: str, term: str = "") -> list[str]:
    """Return the labels offered for ``field`` of ``model``."""
    query = {"app_label": "tracker", "model_name": model._meta.model_name or "", "field_name": field, "term": term}
    page = client.get(reverse("admin:autocomplete"), query)
    assert page.status_code == 200
    return [choice["text"] for choice in page.json()["results"]]


@pytest.mark.parametrize(
    ("model", "words", "slug"),
    [
        (Participant, "вейн", "ada-vane"),
        (Participant, "ВЕЙН ада", "ada-vane"),
        (Participant, "ada", "ada-vane"),
        (Participant, "Vàne", "ada-vane"),
        (Commitment, "BLUE water", "river-pipeline"),
        (Commitment, "river-pipeline", "river-pipeline"),
        (Commitment, "Night-Train", "night-train"),
        (Meeting, "OAKPORT-21", "oakport-21"),
        (Source, "herald OF 2022", "herald-22"),
        (Source, "example.org/WIRE", "wire-24"),
        (Series, "league summits", "league"),
        (Party, "rivers league", "league"),
    ],
)
def test_words_find_the_record_in_any_case_and_order(universe: Universe, editor: Client, model: type[Model], words: str, slug: str) -> None:
    assert [row.slug for row in found(editor, model, words)] == [slug]


@pytest.mark.parametrize(
    ("model", "field"), [(Source, "title"), (Source, "publisher"), (Meeting, "title"), (Meeting, "place"), (Party, "name"), (Series, "title")]
)
def test_titles_are_found_in_any_case_of_any_script(universe: Universe, editor: Client, model: type[Model], field: str) -> None:
    row = rows(model)[0]
    model._default_manager.filter(pk=row.pk).update(**{field: "Заявление ÜBER die Lage بیان"})
    for words in ("заявление", "ЗАЯВЛЕНИЕ", "über", "بیان ЗАЯВ"):
        assert found(editor, model, words) == [row]


@pytest.mark.parametrize(("model", "words"), [(Mention, "oakport-21"), (Milestone, "RIVER memorandum"), (Deadline, "first water"), (Citation, "both shores")])
def test_what_has_no_name_is_found_by_what_it_hangs_on(universe: Universe, editor: Client, model: type[Model], words: str) -> None:
    assert found(editor, model, words)


WORDS_OF_ALL_KINDS = ("no such words", "%", "_", "(", "\\", "[a-", "'", '"', "—", "*", "🙂", "word " * 500, "\u202e")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)
def test_any_words_get_an_answer(universe: Universe, editor: Client, model: type[Model]) -> None:
    everything = rows(model).count()
    assert [words for words in WORDS_OF_ALL_KINDS if len(found(editor, model, words)) == everything] == []


def test_nothing_typed_finds_everything(universe: Universe, editor: Client) -> None:
    assert len(found(editor, Party, "  ")) == Party.objects.count()


def test_a_record_with_several_names_is_found_once(universe: Universe, editor: Client) -> None:
    person = Participant.objects.get(slug="ada-vane")
    person.names.create(key="uk", name="Ада Вейн", language="uk")
    assert found(editor, Participant, "вейн") == [person]
    assert len(choices(editor, Citation, "speaker", "вейн")) == 1


def test_choices_say_date_place_and_series(universe: Universe, editor: Client) -> None:
    assert choices(editor, Mention, "meeting", "oakport-21") == ["Talks oakport-21, Oakport, 2021-05-10, Northmark and Southland"]
    assert choices(editor, Citation, "source", "herald") == ["Herald of 2022 (Herald, 2022-06)"]
    assert choices(editor, Citation, "speaker", "Bo") == ["Bo Lind (Southland)"]
    assert choices(editor, Mention, "commitment", "salt") == ["Salt mill (Project, Northmark and Southland)"]


@pytest.mark.parametrize(
    ("model", "field"),
    [(Mention, "meeting"), (Mention, "commitment"), (Citation, "source"), (Citation, "speaker"), (Citation, "mention"), (Citation, "milestone"),
     (Citation, "deadline"), (Meeting, "series"), (Meeting, "remit"), (Meeting, "part_of"), (Commitment, "parties"), (Source, "issued_by")],
)  # fmt: skip
def test_no_two_choices_read_the_same(universe: Universe, editor: Client, model: type[Model], field: str) -> None:
    labels = choices(editor, model, field)
    assert len(labels) > 0
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("model", "field"), [(Mention, "meeting"), (Mention, "commitment"), (Citation, "source"), (Citation, "mention"), (Citation, "deadline")]
)
def test_choices_cost_the_same_with_more_rows(universe: Universe, editor: Client, model: type[Model], field: str) -> None:
    assert_cost_is_flat(lambda: choices(editor, model, field), universe.grow, budget=6)


def test_the_form_shows_the_chosen_record_by_the_same_label(universe: Universe, editor: Client) -> None:
    mention = Mention.objects.get(commitment__slug="energy", meeting__slug="oakport-21")
    page = editor.get(f"/admin/tracker/mention/{mention.pk}/change/").content.decode()
    assert "Talks oakport-21, Oakport, 2021-05-10, Northmark and Southland</option>" in page
