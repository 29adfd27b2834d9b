"""Every text of the interface can be translated: in a language of marks, no page shows a word without its marks."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.apps import apps
from django.db.models import Field
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import gettext, override

from tests.addresses import fetch, html_pages
from tests.pseudo import data, marked, unmarked
from tests.universe import Universe
from tests.views.test_html import MORE
from tracker.models import MentionSummary, SearchEntry, SearchWord, Summary

NOWHERE = "/nothing/"


def typed(addresses: list[str]) -> set[str]:
    """Return what the addresses ask for in words of the reader's own, which a page may repeat."""
    return {value for address in addresses for name, value in parse_qsl(urlsplit(address).query) if name in {"q", "text", "as_of", "sort", "series"}}


def test_no_page_shows_a_word_that_cannot_be_translated(universe: Universe, client: Client) -> None:
    addresses = [*(page.example for page in html_pages()), *MORE, NOWHERE]
    of_records = data(*typed(addresses))
    with marked():
        found = {address: unmarked(fetch(client, address)[1], of_records) for address in addresses}
    assert len(found) > 30
    assert {address: texts for address, texts in found.items() if texts} == {}


def test_no_page_of_an_empty_record_shows_a_word_that_cannot_be_translated(db: None, client: Client) -> None:
    alone = [page.example for page in html_pages() if not page.parameters]
    with marked():
        found = {address: unmarked(fetch(client, address)[1], data()) for address in alone}
    assert len(found) > 8
    assert {address: texts for address, texts in found.items() if texts} == {}


@pytest.mark.parametrize("template", ["400.html", "500.html", "410.html"])
def test_no_page_of_a_failure_shows_a_word_that_cannot_be_translated(db: None, template: str) -> None:
    with marked():
        body = render_to_string(template, {"reason": "⟦why⟧"}).encode()
    assert unmarked(body, data()) == []
    assert "⟦Reaffirmed⟧".encode() in body


def words_of_tables() -> Iterator[tuple[str, object]]:
    """Yield every text that the tables hold for people: names of tables and fields that are edited, help, choices, sentences of constraints.

    Versions have no form, and the words of their fields are those of the records.
    """
    models = (model for model in apps.get_app_config("tracker").get_models() if not model.__name__.startswith("Historical"))
    edited = (model for model in models if model not in {Summary, MentionSummary, SearchEntry, SearchWord})
    for model in edited:
        yield f"{model.__name__}", model._meta.verbose_name
        for constraint in model._meta.constraints:
            yield f"{model.__name__}: {constraint.name}", constraint.violation_error_message
        for field in (field for field in model._meta.get_fields() if isinstance(field, Field) and not field.auto_created):
            place = f"{model.__name__}.{field.name}"
            if field.editable:
                yield place, field.verbose_name
                yield from ((f"{place}: {text}", text) for text in (field.help_text, *(label for _word, label in field.choices or ())) if text)


def test_no_word_of_a_table_is_beyond_translation() -> None:
    with marked():
        found = [f"{place}: {text}" for place, text in words_of_tables() if not str(text).startswith("⟦")]
        assert len(list(words_of_tables())) > 300
    assert found == []


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("<p>Plain words</p>", ["Plain words"]),
        ("<p>⟦Marked <b>River pipeline</b> words⟧ then plain</p>", ["then plain"]),
        ("<p>River pipeline, 12 ⟦days⟧</p>", []),
        ('<p lang="ru">Слова</p><p><code>word</code> BibTeX <var>nk</var></p>', []),
        ('<a title="Plain" href="/">⟦x⟧</a>', ["Plain"]),
        ("<p>⟦⟦River⟧ opened</p>", ["⟦  opened"]),
    ],
)
def test_a_word_without_marks_is_found(universe: Universe, body: str, left: list[str]) -> None:
    page = f"<!doctype html><html lang=en-xa><head><title>⟦Page⟧</title></head><body><h1>⟦Head⟧</h1>{body}</body></html>"
    assert unmarked(page.encode(), data()) == left


def test_the_language_of_marks_leaves_nothing_behind() -> None:
    with marked():
        assert gettext("Voiced") == "⟦Voiced⟧"
    assert gettext("Voiced") == "Voiced"
    with override("en-xa"):
        assert gettext("Voiced") == "Voiced"
