"""No table and no mapping makes the import stumble: whatever comes, rows are loaded or refused with a reason."""
# ruff: noqa: E501  a strategy is read as one line

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError

from tests.loading.foreign.tables import book, imported
from tests.loading.miniature import Run
from tracker.loading.foreign.cells import number_of
from tracker.loading.foreign.days import day_of, from_parts
from tracker.loading.foreign.mapping import CellRules
from tracker.loading.foreign.refusal import RefusalError
from tracker.loading.foreign.templates import TemplateError, pieces, slug

EASY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
MAPPING = """
[values]
day = { column = "b", as = "date" }

[[record]]
kind = "party"
fields.slug = { column = "a", as = "slug" }
fields.name = { template = "{c?} {day?}" }
fields.kind = { column = "d", map = { S = "state" }, unmapped = "keep" }
"""
PIECES = [
    "a",
    "b",
    "c",
    "d",
    "\n",
    "\r",
    ",",
    '"',
    "'",
    "=",
    "1",
    "03/07/2024",
    "45476",
    "\x00",
    "\ufeff",
    "é",
    "Земля",
    "۲۰۲۴",
    "S",
    "state",
    " ",
    "\u00a0",
    "\u202e",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=12).map("".join)
NAMES = st.sampled_from(["a", "b", "c", "d", "day", "A", ""])
ODD = st.dictionaries(
    st.sampled_from(["column", "columns", "from", "value", "template", "digest", "parts", "map", "split", "as", "default", "unmapped", "dates", "empty", "x"]),
    NAMES | st.lists(NAMES, max_size=2) | st.sampled_from(["{a}", "{day}-{b?}", "date", ";", "keep", 3, True, {"a": "state"}, {"year": "a"}]),
    min_size=1,
    max_size=3,
)
GOOD_NAMES = st.sampled_from(["a", "b", "c", "d", "day"])
WAYS = {
    "column": st.sampled_from(["a", "b", "c", "d"]),
    "value": st.sampled_from(["x", "state", "2024", ""]),
    "template": st.sampled_from(["{a}", "{day?} {c?}", "{b}-{{{d}}}", "state{c?}"]),
    "digest": st.lists(GOOD_NAMES, min_size=1, max_size=3),
    "parts": st.sampled_from([{"year": "b"}, {"year": "b", "month": "c"}, {"year": "a", "month": "b", "day": "c"}]),
}
BESIDE = {
    "as": st.sampled_from(["text", "date", "number", "slug"]),
    "map": st.sampled_from([{"x": "state"}, {"S": "state", "y": ""}]),
    "default": st.sampled_from(["state", 3, "2024"]),
    "dates": st.sampled_from(["d/m/y", "serial", ["m/d/y", "serial-1904"]]),
    "times": st.sampled_from(["drop", "refuse"]),
    "empty": st.sampled_from(["x", ["y", "S"]]),
    "decimal": st.just(","),
}
WHOLE = st.one_of(*(st.fixed_dictionaries({way: what}, optional={} if way == "value" else BESIDE) for way, what in WAYS.items()))
ORIGINS = st.integers(0, 9).flatmap(lambda number: WHOLE if number else ODD)
FIELDS = st.fixed_dictionaries({"slug": ORIGINS, "name": ORIGINS, "kind": st.just({"value": "state"}) | ORIGINS})
RECORDS = st.fixed_dictionaries({"kind": st.just("party"), "fields": FIELDS}, optional={"existing": st.just("keep"), "repeated": st.just("first")})
TABLES = {
    "header_row": st.sampled_from([1, [1, 2], 0, "x"]),
    "encoding": st.sampled_from(["utf-8", "utf-16", "x"]),
    "short_rows": st.just("fill"),
    "fill_down": GOOD_NAMES,
    "two_digit_years": st.just(1950),
}
MAPPINGS = st.fixed_dictionaries(
    {"values": st.fixed_dictionaries({"day": WHOLE}), "record": st.lists(RECORDS, min_size=1, max_size=2)},
    optional={"table": st.fixed_dictionaries({}, optional=TABLES)},
)
CELLS = TEXTS | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.dates() | st.datetimes() | st.times()


def spelled(value: Any) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{spelled(key)} = {spelled(inner)}' for key, inner in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(spelled, value))}]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_told(run: Run) -> bool:
    """Return whether the run ended as it may: with an account, or with reasons and their places."""
    told = run.err.splitlines()
    return run.code == 0 or (told[-1].endswith("Nothing was written.") and len(told) > 1 and all(line.startswith("/") for line in told[:-1]))


@pytest.mark.django_db
@EASY
@given(head=st.sampled_from(["a,b,c,d\n", "a;b;c;d\n", "", "a,a\n"]), body=TEXTS, encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1251", "utf-8-sig"]), skip=st.booleans())  # fmt: skip
def test_any_text_is_loaded_or_refused(head: str, body: str, encoding: str, skip: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw = (head + body).encode(encoding, "replace")
        assert is_told(imported(Path(folder), raw, MAPPING, skip_refused=skip, dry_run=True))
        assert is_told(imported(Path(folder), raw, 'table.encoding = "utf-8"\n' + MAPPING, skip_refused=skip))


@pytest.mark.django_db
@EASY
@given(raw=st.binary(max_size=60), encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-32-be", "cp1252", "gb18030", "shift_jis", "ascii"]))
def test_any_bytes_are_loaded_or_refused(raw: bytes, encoding: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert is_told(imported(Path(folder), "a,b,c,d\n".encode(encoding) + raw, f'table.encoding = "{encoding}"\n' + MAPPING))
        assert is_told(imported(Path(folder), raw, MAPPING))
        assert is_told(imported(Path(folder), raw, MAPPING, name="table.xlsx"))


@pytest.mark.django_db
@EASY
@given(rows=st.lists(st.lists(CELLS, max_size=5), max_size=3))
def test_any_cells_of_a_workbook_are_loaded_or_refused(rows: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            path = book(Path(folder), ["a", "b", "c", "d"], *rows)
        except (IllegalCharacterError, ValueError, OverflowError):
            return  # no workbook holds such a cell
        assert is_told(imported(Path(folder), path, MAPPING, skip_refused=True))


@pytest.mark.django_db
@EASY
@given(mapping=MAPPINGS)
def test_any_mapping_is_followed_or_refused(mapping: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = "".join(f"{name} = {spelled(value)}\n" for name, value in mapping.items())
        assert is_told(imported(Path(folder), "a,b,c,d\nx,2024,y,S\nz,03/07/2024,,state\n", text, skip_refused=True))


@pytest.mark.django_db
def test_every_truncated_and_every_bent_workbook_is_loaded_or_refused(tmp_path: Path) -> None:
    raw = book(tmp_path, ["a", "b", "c", "d"], ["x", 2024, "y", "S"]).read_bytes()
    for step in range(0, len(raw), len(raw) // 30):
        assert is_told(imported(tmp_path, raw[:step], MAPPING, name="table.xlsx", dry_run=True))
        bent = raw[:step] + bytes([raw[step] ^ 0x41]) + raw[step + 1 :]
        assert is_told(imported(tmp_path, bent, MAPPING, name="table.xlsx", dry_run=True))


@given(text=TEXTS, year=st.integers(1000, 9900) | st.none(), order=st.sampled_from([(), ("d/m/y",), ("serial", "m/d/y")]))
def test_any_text_is_a_date_a_number_a_slug_or_refused(text: str, year: int | None, order: tuple[str, ...]) -> None:
    rules = CellRules(dates=order, two_digit_years=year)
    for read in (
        lambda: day_of(text, rules),
        lambda: number_of(text, rules),
        lambda: slug(text),
        lambda: from_parts(text, text, text, rules),
        lambda: pieces(text),
    ):
        with contextlib.suppress(RefusalError, TemplateError):
            assert read() is not None


@given(day=st.dates(), sign=st.sampled_from("/.- "))
def test_a_day_written_in_a_stated_order_is_read_back(day: Any, sign: str) -> None:
    for order, written in (("d/m/y", f"{day.day}{sign}{day.month}{sign}{day.year:04d}"), ("m/d/y", f"{day.month:02d}{sign}{day.day:02d}{sign}{day.year:04d}")):
        assert day_of(written, CellRules(dates=(order,))) == day.isoformat()
