"""Each list as files: the rows of the page under the same query string, in four forms that independent readers understand alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from openpyxl import load_workbook

from tests.universe import TODAY, Universe
from tests.views.test_lists import LISTS, words
from tracker.exports.lists.known import LISTINGS
from tracker.exports.lists.listing import CHUNK, Nested, Site
from tracker.exports.lists.writing import FORMS, csv_lines, json_array, workbook
from tracker.models import Commitment, Mention

#: The page of each list, by the name of the list in addresses.
PAGES = {one.name: next((page for page, kind in LISTS.items() if kind is one.filter), "") for one in LISTINGS.values()}
FILTERED = [name for name, page in PAGES.items() if page]


def body(client: Client, name: str, ending: str, **query: str) -> bytes:
    answer = client.get(reverse("tracker:list_file", args=[name, ending]), query)
    assert answer.status_code == 200
    return answer.getvalue()


def documents(client: Client, name: str, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body(client, name, "json", **query))
    return found


def lines(client: Client, name: str, **query: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, name, "csv", **query).decode(), newline="")))


def cells(packed: bytes) -> list[list[Any]]:
    book = load_workbook(io.BytesIO(packed), read_only=True)
    return [list(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]


def told(value: Any) -> str:
    """Return a value of a document as a line has it."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return str(value)


@pytest.mark.parametrize("name", LISTINGS)
def test_the_four_forms_hold_the_same_rows(universe: Universe, client: Client, name: str) -> None:
    flat = [column.name for column in LISTINGS[name].flat]
    whole = documents(client, name)
    assert len(whole) > 1
    assert all(list(one) == [column.name for column in LISTINGS[name].columns] for one in whole)
    assert [json.loads(line) for line in body(client, name, "jsonl").splitlines()] == whole
    expected = [[told(one[column]) for column in flat] for one in whole]
    assert [[line[column] for column in flat] for line in lines(client, name)] == expected
    heads, *rows = cells(body(client, name, "xlsx"))
    assert heads == flat
    assert [[told(value) for value in row] for row in rows] == expected


@pytest.mark.parametrize("name", FILTERED)
def test_a_file_holds_what_its_page_finds_under_the_same_words(universe: Universe, client: Client, name: str) -> None:
    page = client.get(reverse(f"tracker:{PAGES[name]}"))
    assert len(documents(client, name)) == page.context["page"].paginator.count
    for query in ({word: value} for page_name, word, value in words() if page_name == PAGES[name]):
        found = LISTINGS[name].asked(QueryDict(urlencode(query)), Site(timezone.now().date(), ""))
        assert len(documents(client, name, **query)) == found.qs.count(), query


def test_a_list_leads_to_the_files_of_what_it_shows(universe: Universe, client: Client) -> None:
    page = client.get(f"{reverse('tracker:mention_list')}?act=reaffirmed&colour=red&page=1").content.decode()
    assert 'href="/mentions.csv?act=reaffirmed"' in page
    assert 'href="/mentions.xlsx?act=reaffirmed"' in page
    assert "/mentions.csv" not in client.get(f"{reverse('tracker:mention_list')}?act=nonsense").content.decode()


def test_the_rows_come_in_the_order_asked_for(universe: Universe, client: Client) -> None:
    first = [row["date"] for row in documents(client, "mentions", sort="when")]
    assert first == sorted(first)
    assert [row["date"] for row in documents(client, "mentions", sort="-when")] == sorted(first, reverse=True)


def test_every_value_is_one_of_the_words_that_its_column_tells(universe: Universe, client: Client) -> None:
    for name, listing in LISTINGS.items():
        for row in documents(client, name):
            nested = [(one.columns, below) for one in listing.columns if isinstance(one, Nested) for below in row[one.name]]
            for columns, values in [(listing.flat, row), *nested]:
                assert [(c.name, values[c.name]) for c in columns if c.words and values[c.name] is not None and values[c.name] not in c.words] == []
                assert [c.name for c in columns if c.required and values[c.name] is None] == []


@pytest.mark.parametrize("query", ["act=nonsense", "series=nowhere", "since=-1", "colour=red", "sort=backwards", "since=99999999999999999999"])
@pytest.mark.parametrize("ending", FORMS)
def test_a_word_that_is_none_is_refused_and_named(universe: Universe, client: Client, query: str, ending: str) -> None:
    answer = client.get(f"{reverse('tracker:list_file', args=['mentions', ending])}?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.content.decode().startswith(f"{query.partition('=')[0]}: ")


def test_the_page_asked_for_is_passed_over(universe: Universe, client: Client) -> None:
    assert documents(client, "mentions", page="2") == documents(client, "mentions")


@pytest.mark.parametrize("address", ["/nothing.csv", "/mentions.pdf", "/mentions.", "/.csv"])
def test_what_is_no_file_is_not_there(db: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "'", "＝"])
def test_no_spreadsheet_takes_a_text_for_a_formula(universe: Universe, client: Client, begins: str) -> None:
    text = f"{begins}1+1"
    Commitment.objects.filter(slug="ferry-line").update(description=text)
    line = next(line for line in lines(client, "commitments") if line["slug"] == "ferry-line")
    assert line["description"] == f"'{text}"
    sheet = load_workbook(io.BytesIO(body(client, "commitments", "xlsx"))).active
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == text)
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert next(one for one in documents(client, "commitments") if one["slug"] == "ferry-line")["description"] == text


def test_rows_are_sent_while_they_are_read(universe: Universe) -> None:
    """A writer asks for the second hundreds only when the first have gone: memory does not grow with the list."""
    asked: list[int] = []

    def chunks() -> Iterator[list[dict[str, Any]]]:
        listing = LISTINGS["parties"]
        for number in range(3):
            asked.append(number)
            yield from listing.documents(listing.rows(TODAY), Site(TODAY, "https://example.org"))

    sent = csv_lines(LISTINGS["parties"], chunks())
    next(sent)
    assert asked == []
    next(sent)
    assert asked == [0]
    assert next(json_array(LISTINGS["parties"], chunks())).startswith(b"[\n{")


def test_more_rows_than_are_read_at_a_time_are_all_there(universe: Universe, client: Client) -> None:
    universe.grow(CHUNK // 2 + 5)
    assert len(documents(client, "mentions")) == Mention.objects.published().count() > CHUNK
    assert len({(row["commitment"], row["meeting"]) for row in lines(client, "mentions")}) > CHUNK


def test_a_full_sheet_is_followed_by_another(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.exports.lists.writing.SHEET_ROWS", 3)
    listing = LISTINGS["parties"]
    rows = list(listing.documents(listing.rows(TODAY), Site(TODAY, "https://example.org")))
    book = load_workbook(io.BytesIO(b"".join(workbook(listing, rows))))
    assert [sheet.max_row for sheet in book.worksheets] == [3, 2]
    assert [sheet["A1"].value for sheet in book.worksheets] == ["slug", "slug"]


def test_an_empty_list_is_a_file_all_the_same(universe: Universe, client: Client) -> None:
    assert documents(client, "mentions", text="zzzz") == []
    assert body(client, "mentions", "jsonl", text="zzzz") == b""
    assert len(body(client, "mentions", "csv", text="zzzz").splitlines()) == len(cells(body(client, "mentions", "xlsx", text="zzzz"))) == 1
