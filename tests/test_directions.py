"""Pages of languages that are written from the right: the direction of the page, and a style sheet that knows no left and no right."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from config.parts import by_language
from config.settings import BASE_DIR
from tests.markup import Document

SHEETS = sorted((BASE_DIR / "tracker" / "static" / "tracker").glob("*.css"))
#: Properties and values that name a side of the screen where the reader's direction should decide.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius\b"
    r"|(?<![\w-])(?:min-|max-)?(?:width|height)\s*:"
    r"|(?<![\w-])(?:left|right|top|bottom)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


#: Four values at once: top, right, bottom, left.
FOUR = re.compile(
    r"((?:padding|margin|inset|scroll-padding|scroll-margin|border-(?:width|style|color))\s*:\s*([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}]+))\s*[;}]"
)


def physical(sheet: str) -> list[str]:
    """Return what a sheet says of left, right, top and bottom; the questions of media queries are about the screen itself."""
    rules = re.sub(r"/\*.*?\*/|@media[^{]*\{", "", sheet, flags=re.DOTALL)
    return [*PHYSICAL.findall(rules), *(whole for whole, _top, right, _bottom, left in FOUR.findall(rules) if right != left)]


def test_no_rule_names_a_side_of_the_screen() -> None:
    assert SHEETS != []
    assert {sheet.name: found for sheet in SHEETS if (found := physical(sheet.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "rule",
    [
        "margin-left: 0",
        "padding-top: 1px",
        "text-align: right",
        "float: left",
        "left: 0",
        "max-width: 3rem",
        "height: 1px",
        "border-top-left-radius: 2px",
        "padding: 0 1rem 0 0",
    ],
)
def test_a_side_of_the_screen_is_found(rule: str) -> None:
    assert physical(f"a {{ color: red; {rule}; }}") != []


@pytest.mark.parametrize(
    "rule",
    [
        "margin-inline-start: 0",
        "text-align: start",
        "inset-block-start: 0",
        "stroke-width: 2",
        "line-height: 1.2",
        "text-align: end",
        "padding: 0 1rem 2px 1rem",
    ],
)
def test_a_side_of_the_text_is_no_side_of_the_screen(rule: str) -> None:
    assert physical(f"@media (max-width: 44rem) {{ a {{ color: red; {rule}; }} }}") == []


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ru", "ltr"), ("ar", "rtl"), ("ur", "rtl")])
def test_a_page_runs_as_its_language_does(db: None, client: Client, language: str, direction: str) -> None:
    with override(language):
        root = Document(client.get(reverse("tracker:methods")).content).every("html")[0]
    assert (root.attrib["lang"], root.attrib["dir"]) == (language, direction)


@pytest.mark.parametrize(("asked", "language", "direction"), [("ur,en;q=0.5", "ur", "rtl"), ("fi", "en", "ltr"), ("", "en", "ltr")])
def test_with_a_second_language_each_reader_gets_the_one_asked_for(db: None, client: Client, settings: Any, asked: str, language: str, direction: str) -> None:
    settings.LANGUAGES = [("en", "English"), ("ur", "Urdu")]
    settings.MIDDLEWARE = by_language(settings.MIDDLEWARE, settings.LANGUAGES)
    with override("en"):
        answer = client.get(reverse("tracker:methods"), headers={"accept-language": asked})
    root = Document(answer.content).every("html")[0]
    assert (root.attrib["lang"], root.attrib["dir"]) == (language, direction)
    assert "Accept-Language" in answer.headers["Vary"]


def test_with_one_language_no_answer_depends_on_what_is_asked_for(db: None, client: Client) -> None:
    answer = client.get(reverse("tracker:methods"), headers={"accept-language": "ur"})
    assert "Accept-Language" not in answer.headers.get("Vary", "")
    assert b'<html lang="en" dir="ltr">' in answer.content
