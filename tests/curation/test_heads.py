"""What a text says of itself: title, publisher, day, language; and the days that it names."""

from __future__ import annotations

from datetime import date

import pytest

from tests.curation.papers import ARTICLE, TITLE
from tracker.curation.intake.days import named_days
from tracker.curation.intake.heads import head_of
from tracker.curation.intake.languages import language_of
from tracker.vocabulary import DateBasis

THURSDAY = date(2024, 10, 17)


def test_an_article_says_its_title_its_publisher_and_its_day() -> None:
    head = head_of(ARTICLE)
    assert (head.title, head.publisher, head.published, head.date_basis) == (TITLE, "Harbour Wire", date(2021, 5, 12), DateBasis.BYLINE)


@pytest.mark.parametrize(
    ("lines", "publisher", "day", "basis"),
    [
        (["Hillton, 14 April 2023 (HNA): The ministers met and spoke of salt.", "They parted."], "HNA", date(2023, 4, 14), DateBasis.DATELINE),
        (["2024-10-17 OAKPORT: The ministers met.", "They parted."], "", date(2024, 10, 17), DateBasis.BYLINE),
        (["Talks", "The Chancellor (C) met the First Minister on a Monday and they parted."], "", None, DateBasis.NONE),
        (["Talks", "They met.", "© 2021 Harbour Wire. All rights reserved."], "Harbour Wire", None, DateBasis.NONE),
        (["Переговоры", "2 сентября 2025 года, 10:15", "Стороны встретились."], "", date(2025, 9, 2), DateBasis.BYLINE),
        (["ملاقات", "۲ ستمبر ۲۰۲۵", "دونوں رہنماؤں نے ملاقات کی۔"], "", date(2025, 9, 2), DateBasis.BYLINE),
    ],
)
def test_bylines_and_datelines_are_told_apart(lines: list[str], publisher: str, day: date | None, basis: DateBasis) -> None:
    head = head_of(lines)
    assert (head.publisher, head.published, head.date_basis) == (publisher, day, basis)


def test_a_text_without_a_title_is_called_by_its_beginning() -> None:
    assert head_of(["Hillton, 14 April 2023 (HNA): The ministers met and spoke of salt.", "They parted."]).title == "The ministers met and spoke of salt …"
    assert head_of([]).title == ""


def test_the_site_stands_for_a_publisher_that_is_not_named() -> None:
    assert head_of(["Talks", "They met."], url="https://www.harbour.example/talks").publisher == "harbour.example"
    assert head_of(["Talks", "They met."], url="https://[broken").publisher == ""


@pytest.mark.parametrize(
    ("language", "text", "words", "day"),
    [
        ("en", "They met on Wednesday in Oakport.", "on Wednesday", date(2024, 10, 16)),
        ("en", "They met yesterday.", "yesterday", date(2024, 10, 16)),
        ("en", "The talks of Thursday were short.", "Thursday", THURSDAY),
        ("en", "On Friday they will have been back a week.", "On Friday", date(2024, 10, 11)),
        ("ru", "Стороны встретились в среду.", "в среду", date(2024, 10, 16)),
        ("ru", "Вчера стороны встретились.", "Вчера", date(2024, 10, 16)),
        ("ur", "ملاقات بدھ کو ہوئی۔", "بدھ", date(2024, 10, 16)),
        ("ur", "گزشتہ روز ملاقات ہوئی۔", "گزشتہ روز", date(2024, 10, 16)),
    ],
)
def test_a_relative_day_is_worked_out_from_the_day_of_publication_and_marked(language: str, text: str, words: str, day: date) -> None:
    (named,) = named_days(["Head", text], THURSDAY, language)
    assert (named.line, named.words, named.day, named.inferred) == (2, words, day, True)


def test_days_to_come_are_no_days_of_the_meeting() -> None:
    assert named_days(["They will meet again next Friday.", "Она состоится до пятницы."], THURSDAY, "en") == []


def test_without_a_day_of_publication_nothing_is_worked_out() -> None:
    (named,) = named_days(["They met yesterday, on 3 July 2024, and on 31 February 2024."], None, "en")
    assert (named.words, named.day, named.inferred) == ("3 July 2024", date(2024, 7, 3), False)


def test_a_text_made_of_what_looks_like_days_is_not_read_to_its_end() -> None:
    lines = [f"{number % 28 + 1} salt {2000 + number % 25}" for number in range(20_000)]
    assert named_days([*lines, "3 July 2024"], None, "en") == []
    assert named_days(["3 July 2024", *lines], None, "en")[0].day == date(2024, 7, 3)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two sides agreed to meet again.", "en"),
        ("Стороны договорились о новой встрече.", "ru"),
        ("Сторони домовилися про зустріч у Києві, її дату.", "uk"),
        ("دونوں رہنماؤں نے ملاقات کی اور بات چیت پر زور دیا۔", "ur"),
        ("اجتمع الوزيران في موسكو", "ar"),
        ("双方举行会谈", "zh"),
        ("Die Minister trafen sich und sprachen mit der Presse.", "de"),
        ("Northmark", "en"),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text: str, language: str) -> None:
    assert language_of(text) == language
