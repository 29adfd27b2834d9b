"""Texts of every kind, as TOML and as JSON: independent parsers read back what was written, and so does the loader."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.exports.written import contents, export
from tests.loading.miniature import MINIATURE, load, written
from tracker import models as tables
from tracker.dates import UncertainDate, parse_edtf
from tracker.exports.fixture_text import json_line, toml
from tracker.loading.fields import fields_of
from tracker.loading.shapes import SHAPES
from tracker.loading.spelled import canonical
from tracker.loading.spelled import written as as_written

#: Everything that UTF-8 can hold: controls, quotes and marks of direction, any script, letters in parts, long ones.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from("\"'\\\n\r\t\x00\x1b\x7f\x85\u2028\u202e\ufeff #[]=é\u0301یж中😀"), max_size=12),
    st.integers(1, 20_000).map(lambda length: "long “words” \\ in a row\n" * (length // 20)),
)
#: Of these, what the loader takes and both engines keep.
TAKEN = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff") | st.just("\n"),
    max_size=60,
)


@given(text=TEXTS, words=st.lists(TEXTS, min_size=1, max_size=3), flag=st.booleans())
@example(text="'''\"\"\"\\", words=["\x7f"], flag=True)
def test_two_parsers_read_back_what_was_written(text: str, words: list[str], flag: bool) -> None:
    fields: dict[str, Any] = {"slug": text, "flag": flag, "words": words, "names": [{"key": text}, {"key": "second", "flag": flag}]}
    line = json_line("party", fields)
    assert tomllib.loads(toml("party", fields)) == {"party": [fields]}
    assert json.loads(line) == {"party": fields}
    assert line.count("\n") == 1


@given(TEXTS)
def test_a_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert "\r" not in once


@pytest.mark.django_db
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TAKEN, min_size=8, max_size=8))
@example(["e\u0301 at the end \n", "one\r\n\r\ntwo", "", " ", "'''", '"""\\', "=1+1", "\u200cی"])
def test_whatever_an_editor_typed_is_no_change_when_it_is_loaded_again(tmp_path: Path, texts: list[str]) -> None:
    if not tables.Source.objects.exists():
        load(written(tmp_path, MINIATURE))
    note, text, office, summary, said, description, remark, last = texts
    tables.Source.objects.filter(slug="copy").update(note=note, text=text)
    tables.Attendance.objects.filter(key="ada").update(office=office)
    tables.Meeting.objects.filter(slug="hearing-2024-09").update(summary=summary)
    tables.Mention.objects.update(summary=said)
    tables.Commitment.objects.filter(slug="industry").update(description=description)
    tables.Citation.objects.update(note=remark)
    tables.Deadline.objects.update(note=last)
    export(tmp_path / "out")
    first = contents(tmp_path / "out")
    assert load(tmp_path / "out").code == 0
    export(tmp_path / "out")
    assert contents(tmp_path / "out") == first
    assert tables.Source.objects.get(slug="copy").text == canonical(text)


@given(st.dates(), st.dates())
def test_every_date_is_written_so_that_it_is_read_as_the_same(first: date, second: date) -> None:
    when = UncertainDate(min(first, second), max(first, second))
    assert parse_edtf(as_written(fields_of(SHAPES["meeting"])["starts"], when)) == when


@pytest.mark.parametrize("text", ["0900-05", "0900", "0001-01-01", "0999-12/1000-01", "2024-02", "2023/2024"])
def test_years_have_four_digits(text: str) -> None:
    assert parse_edtf(text).edtf() == text


def test_terms_are_written_in_the_order_of_the_vocabulary() -> None:
    terms = fields_of(SHAPES["mention"])["citations"].matter.shape
    assert terms
    assert as_written(fields_of(terms)["terms"], "place,object") == ["object", "place"]
    assert as_written(fields_of(terms)["terms"], "") is None


@pytest.mark.parametrize(
    ("kind", "name", "value", "told"),
    [
        ("source", "language", "en", None),
        ("source", "language", "ur", "ur"),
        ("source", "carried", "unknown", None),
        ("source", "title", "", ""),
        ("commitment", "minimum_level", None, None),
        ("milestone", "condition", "", None),
        ("source", "may_publish_text", False, None),
        ("source", "may_publish_text", True, True),
        ("meeting", "level", 3, "ministers"),
    ],
)
def test_what_is_the_default_is_left_out(kind: str, name: str, value: Any, told: Any) -> None:
    about = fields_of(SHAPES[kind])[name]
    assert as_written(about, value) == told
