"""The keys of a mapping file: which there are, what each holds, and what is said where one is wrong."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.loading.positions import Steps
from tracker.loading.problems import Problem, did_you_mean, shown
from tracker.loading.reading import Document

#: Encodings that a mapping can name, as Python calls them. Those that are no encodings of files (idna, rot13, utf-7) are left out.
ENCODINGS = (
    "ascii", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp437", "cp850", "cp852", "cp855", "cp866",
    "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-9", "iso-8859-10",
    "iso-8859-13", "iso-8859-14", "iso-8859-15", "iso-8859-16", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
    "gb18030", "gbk", "big5", "shift_jis", "euc-jp", "euc-kr",
)  # fmt: skip
DATE_ORDERS = ("d/m/y", "m/d/y", "y/m/d")
FORMATS = ("csv", "tsv", "xlsx")


@dataclass(frozen=True, slots=True)
class Key:
    """What one key holds: said in words, tested, and as it is kept."""

    expected: str
    fits: Callable[[Any], bool]
    kept: Callable[[Any], Any] = lambda value: value


def spaced(text: str) -> str:
    """Return the text with single spaces: headers and cells are compared so, whatever white space a table holds."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_texts(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and value != [] and all(isinstance(one, str) for one in value))


def _tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)


def _is_count(value: Any, least: int = 1) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= 2**31


def _is_header_row(value: Any) -> bool:
    return _is_count(value, 0) or (isinstance(value, list) and value != [] and all(map(_is_count, value)) and value == sorted(set(value)))


def _is_orders(value: Any) -> bool:
    orders = _tuple(value)
    known = {*DATE_ORDERS, "serial", "serial-1904"}
    return all(isinstance(one, str) and one in known for one in orders) and len({one.startswith("serial") for one in orders}) == len(orders) > 0


def _is_constant(value: Any) -> bool:
    return isinstance(value, str | bool | int) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _composed(value: Any) -> Any:
    """Return a constant as fixtures keep texts: stripped, in composed letters (NFC)."""
    if isinstance(value, list):
        return [_composed(one) for one in value]
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def one_of(*words: str) -> Key:
    return Key(f"one of {', '.join(words)}", lambda value: isinstance(value, str) and value in words)


TEXT = Key("a text in quotes", _is_text)
NAME = Key("the name of a column or value in quotes", _is_text, spaced)
NAMES = Key("a name in quotes, or a list of names", lambda value: _is_texts(value) and all(map(spaced, _tuple(value))), lambda v: tuple(map(spaced, _tuple(v))))
TEXTS = Key("a text in quotes, or a list of texts", _is_texts, _tuple)
CELLS = Key("a text in quotes, or a list of texts", _is_texts, lambda value: tuple(map(spaced, _tuple(value))))
COUNT = Key("a number from 1", _is_count)
FLAG = Key("true or false, without quotes", lambda value: isinstance(value, bool))
CONSTANT = Key("a text, a whole number, true, false, or a list of texts", _is_constant, _composed)
TABLE = Key("a table", lambda value: isinstance(value, dict))
TABLES = Key("a list of tables", lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value))
MAP = Key(
    "a table from cells to values",
    lambda value: isinstance(value, dict) and all(map(_is_constant, value.values())),
    lambda value: {spaced(cell): _composed(meant) for cell, meant in value.items()},
)
MONTHS = Key(
    "a table from names to the numbers of months, 1 to 12",
    lambda value: isinstance(value, dict) and all(_is_count(one) and one <= 12 for one in value.values()),
    lambda value: {spaced(name).casefold(): number for name, number in value.items()},
)

#: How cells are read: for the whole table, or at one field.
CELL_RULES = {
    "empty": CELLS,
    "dates": Key(f"{', '.join(DATE_ORDERS)}, serial or serial-1904; or a list of one order and one serial", _is_orders, _tuple),
    "times": one_of("refuse", "drop"),
    "two_digit_years": Key("the first of the hundred years meant, for example 2000 or 1950", lambda value: _is_count(value) and 1000 <= value <= 9900),
    "month_names": MONTHS,
    "decimal": one_of(".", ",", "٫"),
    "thousands": one_of(",", ".", " ", "'", "’", "٬"),
}
SECTIONS = {"table": TABLE, "columns": TABLE, "values": TABLE, "skip": TABLES, "record": TABLES}
TABLE_KEYS = CELL_RULES | {
    "format": one_of(*FORMATS),
    "encoding": one_of(*ENCODINGS),
    "delimiter": Key("one character in quotes", lambda value: isinstance(value, str) and len(value) == 1 and value not in '\r\n\x00"'),
    "quote": Key(
        'one character in quotes, or "" where cells are never quoted',
        lambda value: isinstance(value, str) and len(value) <= 1 and set(value).isdisjoint("\r\n\x00 "),
    ),
    "sheet": TEXT,
    "header_row": Key("the number of a row, a rising list of them, or 0 for none", _is_header_row, lambda value: () if value == 0 else _tuple(value)),
    "first_row": COUNT,
    "last_row": COUNT,
    "short_rows": one_of("refuse", "fill"),
    "fill_down": NAMES,
}
ALIAS_KEYS = {
    "header": NAME,
    "nth": COUNT,
    "at": Key(
        "the letters of a column in quotes, or its number from 1", lambda v: _is_count(v) or (isinstance(v, str) and re.fullmatch("[A-Z]{1,3}", v) is not None)
    ),
}
#: Where a value comes from: exactly one of these stands at a field.
WAYS = {
    "column": NAME,
    "columns": NAMES,
    "from": NAME,
    "value": CONSTANT,
    "template": TEXT,
    "digest": NAMES,
    "parts": TABLE,
}
ORIGIN_KEYS = (
    WAYS
    | {
        "as": one_of("text", "date", "number", "slug"),
        "split": Key("a separator in quotes, or a list of them", lambda value: _is_texts(value) and all(_tuple(value)), _tuple),
        "map": MAP,
        "unmapped": one_of("refuse", "keep", "empty"),
        "ignore_case": FLAG,
        "default": CONSTANT,
    }
    | CELL_RULES
)
PARTS_KEYS = {"year": NAME, "month": NAME, "day": NAME}
CONDITION_KEYS = {"column": NAME, "from": NAME, "is": CELLS, "not": CELLS, "filled": FLAG}
CHILD_KEYS = {"field": TEXT, "when": TABLES, "fields": TABLE}
RECORD_KEYS = {
    "kind": TEXT,
    "when": TABLES,
    "existing": one_of("change", "keep"),
    "repeated": one_of("same", "first"),
    "fields": TABLE,
    "children": TABLES,
}


def told_steps(steps: Steps) -> str:
    """Return the way to a key of the mapping as people read it, lists counted from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)


class Sheet:
    """A mapping file while it is read: takes what is right and keeps a problem, with its line, for all that is not."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []

    def tell(self, steps: Steps, found: str, right: str = "") -> None:
        self.problems.append(Problem(self.document.path, self.document.line(steps), "", told_steps(steps), found, right))

    def keys(self, given: Mapping[str, Any], known: Mapping[str, Key], steps: Steps) -> dict[str, Any]:
        """Return those of the given keys that are known and hold what they should."""
        taken: dict[str, Any] = {}
        for name, value in given.items():
            if name not in known:
                self.tell((*steps, name), f"{shown(name)} is no key of a mapping here", did_you_mean(name, known, f"its keys: {', '.join(known)}"))
            elif not known[name].fits(value):
                told = shown(value) if isinstance(value, str | int) else "what stands here"
                self.tell((*steps, name), f"{told} does not fit", f"expected {known[name].expected}")
            else:
                taken[name] = known[name].kept(value)
        return taken
