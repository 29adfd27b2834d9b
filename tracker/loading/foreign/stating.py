"""Reading a mapping file: strict, so that a misspelt key is told with its line and never passed over."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Map
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import column_index_from_string

from tracker.loading.documents import documents
from tracker.loading.files import display
from tracker.loading.positions import Steps
from tracker.loading.problems import FixtureError, Problem, shown

from .keys import ALIAS_KEYS, CELL_RULES, CONDITION_KEYS, FORMATS, ORIGIN_KEYS, PARTS_KEYS, SECTIONS, TABLE_KEYS, WAYS, Sheet
from .mapping import Alias, CellRules, Condition, Mapping, Origin, TableRules
from .templates import TemplateError, pieces

_IN_TABLE = {about.name for about in fields(TableRules)}
#: What goes with a way only. The others go with every way.
_ONLY_WITH = {"split": ("column", "from")}


def sheet_of(path: Path) -> tuple[Sheet, dict[str, Any]]:
    """Return the mapping file at ``path`` for reading, and what stands in it, white space and all; raise ``FixtureError`` if it can't be read."""
    if path.suffix != ".toml" or path.is_dir():
        raise FixtureError([Problem(display(path), 1, "", "", "is no mapping file", "a mapping is a file whose name ends in .toml")])
    reading = documents([path])
    if reading.problems:
        raise FixtureError(reading.problems)
    sheet = Sheet(reading.documents[0])
    for steps, found in sheet.document.suspicious:
        if steps[0] != "table":
            sheet.tell(steps, found, "take it out")
    return sheet, sheet.keys(tomllib.loads(sheet.document.text), SECTIONS, ())


def stated(sheet: Sheet, given: Map[str, Any], path: Path) -> Mapping:
    """Return all that the mapping states of the table at ``path``, but its records."""
    table = sheet.keys(given.get("table", {}), TABLE_KEYS, ("table",))
    cells = CellRules(**{name: value for name, value in table.items() if name in CELL_RULES})
    rules = TableRules(**{name: value for name, value in table.items() if name in _IN_TABLE})
    _check_separators(sheet, cells, ("table",))
    columns = {name: alias for name, raw in given.get("columns", {}).items() if (alias := _alias(sheet, raw, ("columns", name)))}
    values = {name: origin for name, raw in given.get("values", {}).items() if (origin := origin_of(sheet, raw, ("values", name), cells))}
    _check_circles(sheet, values)
    skip = conditions(sheet, given.get("skip", []), ("skip",))
    return Mapping(sheet.document, _formatted(sheet, rules, path), cells, columns, values, skip)


def _formatted(sheet: Sheet, rules: TableRules, path: Path) -> TableRules:
    """Return the rules with the format, which the file's ending gives where the mapping does not."""
    ending = path.suffix.lower().removeprefix(".").replace("xlsm", "xlsx")
    if not rules.format and ending not in FORMATS:
        sheet.tell(("table",), f"the ending of {shown(path.name)} does not say how the table is written", f'write format = "…", one of {", ".join(FORMATS)}')
    rules = replace(rules, format=rules.format or ending)
    for name, words in (("sheet", ("csv", "tsv")), ("encoding", ("xlsx",)), ("delimiter", ("xlsx",))):
        if getattr(rules, name) and rules.format in words:
            sheet.tell(("table", name), f"says nothing of a table in {rules.format}", "leave it out")
    if rules.delimiter and rules.delimiter == rules.quote:
        sheet.tell(("table", "quote"), "is the delimiter as well", "they differ")
    last_header = max(rules.header_row, default=0)
    first = rules.first_row or last_header + 1
    if first <= last_header:
        sheet.tell(("table", "first_row"), "comes before the header ends", f"the first row of data can be {last_header + 1}")
    if rules.last_row and rules.last_row < first:
        sheet.tell(("table", "last_row"), "comes before the first row", f"rows begin with {first}")
    return replace(rules, first_row=first, delimiter=rules.delimiter or {"tsv": "\t"}.get(rules.format, ","))


def _check_separators(sheet: Sheet, cells: CellRules, steps: Steps) -> None:
    if cells.decimal and cells.decimal == cells.thousands:
        sheet.tell((*steps, "thousands"), "is the decimal sign as well", "they differ")


def _alias(sheet: Sheet, raw: Any, steps: Steps) -> Alias | None:
    if not isinstance(raw, dict):
        sheet.tell(steps, "is no table", 'write { header = "…", nth = 2 } or { at = "C" }')
        return None
    given = sheet.keys(raw, ALIAS_KEYS, steps)
    if ("header" in raw) == ("at" in raw):
        sheet.tell(steps, "does not say once which column is meant", "write header (with nth) or at: one of the two")
    if "at" in raw and "nth" in raw:
        sheet.tell((*steps, "nth"), "says nothing beside at", "leave it out")
    at = given.get("at", 0)
    return Alias(given.get("header", ""), given.get("nth", 1), (column_index_from_string(at) if isinstance(at, str) else at) - 1)


def conditions(sheet: Sheet, raw: list[dict[str, Any]], steps: Steps) -> tuple[Condition, ...]:
    """Return the conditions of a list of tables."""
    found = []
    for place, one in enumerate(raw):
        at = (*steps, place)
        given = sheet.keys(one, CONDITION_KEYS, at)
        if ("column" in one) == ("from" in one):
            sheet.tell(at, "does not say once which cell is asked", "write column or from: one of the two")
        elif len(asked := [name for name in ("is", "not", "filled") if name in one]) != 1:
            sheet.tell(at, f"asks {len(asked) or 'nothing'}{' things at once' * bool(asked)}", "write is, not or filled: one of the three")
        else:
            name = given.get("column", given.get("from", ""))
            found.append(Condition(name, at, given.get("is"), given.get("not"), given.get("filled")))
    return tuple(found)


def origin_of(sheet: Sheet, raw: Any, steps: Steps, cells: CellRules) -> Origin | None:
    """Return where a value comes from, as the table ``raw`` says; nothing if it does not say so."""
    if not isinstance(raw, dict):
        sheet.tell(steps, f"{shown(raw)} does not say where the value comes from" if isinstance(raw, str | int) else "is no table", _HOW)
        return None
    given = sheet.keys(raw, ORIGIN_KEYS, steps)
    ways = [way for way in WAYS if way in raw]
    if len(ways) != 1:
        sheet.tell(steps, "does not say where the value comes from" if not ways else f"comes from {' and from '.join(ways)}", _HOW)
        return None
    way: Any = ways[0]
    if way not in given:
        return None
    own = {name: value for name, value in given.items() if name in CELL_RULES}
    rules = replace(cells, **own)
    _check_separators(sheet, rules, steps)
    _check_company(sheet, raw, way, steps)
    lookup = {cell.casefold(): meant for cell, meant in given["map"].items()} if given.get("ignore_case") and "map" in given else given.get("map")
    origin = Origin(
        way, steps, value=given[way], reads=given.get("as", "text"), split=given.get("split", ()), map=lookup,
        unmapped=given.get("unmapped", "refuse"), ignore_case=given.get("ignore_case", False), default=given.get("default"), rules=rules,
    )  # fmt: skip
    return _with_names(sheet, origin)


_HOW = 'write one of column = "…", columns = […], from = "…", value = …, template = "…", digest = […], parts = {…}'


def _check_company(sheet: Sheet, raw: Map[str, Any], way: str, steps: Steps) -> None:
    """Tell of keys that say nothing where they stand."""
    idle = [name for name in raw if name in _ONLY_WITH and way not in _ONLY_WITH[name]]
    if way == "value":
        idle = [name for name in raw if name != "value" and name in ORIGIN_KEYS]
    for name in idle:
        sheet.tell((*steps, name), f"says nothing beside {way}", "leave it out")
    for name in ("unmapped", "ignore_case"):
        if name in raw and "map" not in raw and name not in idle:
            sheet.tell((*steps, name), "says nothing without a map", "leave it out, or write map")


def _with_names(sheet: Sheet, origin: Origin) -> Origin | None:
    """Return the origin with the names of the columns and values it asks for."""
    match origin.way:
        case "value":
            return origin
        case "column" | "from":
            return replace(origin, names=(origin.value,))
        case "columns" | "digest":
            return replace(origin, names=origin.value)
        case "parts":
            given = sheet.keys(origin.value, PARTS_KEYS, (*origin.steps, "parts"))
            if "year" not in given or ("day" in given and "month" not in given):
                sheet.tell((*origin.steps, "parts"), "a date needs its year, and a day its month", 'write { year = "…", month = "…", day = "…" }')
            return replace(origin, names=tuple(given[name] for name in PARTS_KEYS if name in given), reads="date")
    try:
        parts = pieces(origin.value)
    except TemplateError as error:
        sheet.tell((*origin.steps, "template"), str(error), "write the name of a column or value in braces, and {{ for a brace")
        return None
    return replace(origin, pieces=parts, names=tuple(piece.name for piece in parts if piece.name))


def _check_circles(sheet: Sheet, values: Map[str, Origin]) -> None:
    """Tell of a value that comes, by whatever way, from itself."""
    for name, origin in values.items():
        seen: set[str] = set()
        waiting = list(origin.names)
        while waiting:
            if (one := waiting.pop()) in values and one not in seen:
                seen.add(one)
                waiting += values[one].names
        if name in seen:
            sheet.tell(origin.steps, f"the value {shown(name)} comes from itself", "let it come from a column")
