"""Reading the records of a mapping: their kinds, their fields, and whether what they need is given at all."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import replace
from pathlib import Path
from typing import Any

from tracker.loading.fields import Field, child_name, fields_of
from tracker.loading.positions import Steps
from tracker.loading.problems import FixtureError, did_you_mean, shown
from tracker.loading.shapes import SHAPES, Record

from .keys import CHILD_KEYS, RECORD_KEYS, Sheet
from .mapping import CellRules, Mapping, Origin, RecordRule
from .stating import conditions, origin_of, sheet_of, stated

_LISTS = {"references", "terms"}
_DATES = {"day", "span"}
_SLUGS = {"slug", "key", "reference", "references"}


def mapping_at(path: Path, table: Path) -> Mapping:
    """Return the mapping in the file at ``path``, for the table at ``table``; raise ``FixtureError`` with every problem of the file."""
    sheet, given = sheet_of(path)
    mapping = stated(sheet, given, table)
    records = tuple(_record(sheet, raw, ("record", place), mapping.cells) for place, raw in enumerate(given.get("record", [])))
    if not records and "record" not in given:
        sheet.tell((), "says nothing of records", "write [[record]] for each record that a row gives")
    if sheet.problems:
        raise FixtureError(sheet.problems)
    return replace(mapping, records=tuple(record for record in records if record))


def _record(sheet: Sheet, raw: dict[str, Any], steps: Steps, cells: CellRules) -> RecordRule | None:
    given = sheet.keys(raw, RECORD_KEYS, steps)
    kind = given.get("kind", "")
    if kind not in SHAPES:
        if "kind" not in raw or kind:
            found = f"{shown(kind)} is not a known kind of record" if kind else "does not say what kind of record it gives"
            sheet.tell((*steps, "kind"), found, did_you_mean(kind, SHAPES, f"known kinds: {', '.join(SHAPES)}"))
        return None
    children = _children(sheet, given.get("children", []), (*steps, "children"), kind, SHAPES[kind], cells)
    rule = _rule(sheet, given, steps, kind, SHAPES[kind], cells)
    rule = replace(rule, children=children, existing=given.get("existing", "change"), repeated=given.get("repeated", "same"))
    _check_needs(sheet, rule)
    return rule


def _children(sheet: Sheet, raw: list[dict[str, Any]], steps: Steps, kind: str, shape: type[Record], cells: CellRules) -> tuple[RecordRule, ...]:
    holding = {name: about.matter.shape for name, about in fields_of(shape).items() if about.matter.shape}
    found = []
    for place, one in enumerate(raw):
        at = (*steps, place)
        given = sheet.keys(one, CHILD_KEYS, at)
        name = given.get("field", "")
        if child := holding.get(name):
            rule = _rule(sheet, given, at, child_name(name, child), child, cells)
            found.append(replace(rule, field=name))
            _check_needs(sheet, found[-1])
        elif "field" not in one or name:
            instead = did_you_mean(name, holding, f"fields of a {kind} that hold children: {', '.join(holding)}" if holding else "leave it out")
            sheet.tell((*at, "field"), f"a {kind} has no children in {shown(name)}", instead)
    return tuple(found)


def _rule(sheet: Sheet, given: Map[str, Any], steps: Steps, kind: str, shape: type[Record], cells: CellRules) -> RecordRule:
    described = fields_of(shape)
    plain = {name: about for name, about in described.items() if not about.matter.shape}
    taken = {}
    for name, raw in given.get("fields", {}).items():
        at = (*steps, "fields", name)
        if name in described and name not in plain:
            sheet.tell(at, f"{shown(name)} holds children", f"write [[record.children]] with field = “{name}”")
        elif name not in plain:
            sheet.tell(at, f"a {kind} has no field {shown(name)}", did_you_mean(name, plain, f"its fields: {', '.join(plain)}"))
        elif origin := origin_of(sheet, raw, at, cells):
            taken[name] = _suited(sheet, origin, plain[name], raw)
    return RecordRule(kind, shape, steps, taken, when=conditions(sheet, given.get("when", []), (*steps, "when")))


def _suited(sheet: Sheet, origin: Origin, about: Field, raw: Map[str, Any]) -> Origin:
    """Return the origin as the field needs it: a date for a date, a list for a list, slugs in the template of a slug."""
    sort = about.matter.sort
    many = sort in _LISTS
    if "split" in raw and not many:
        sheet.tell((*origin.steps, "split"), f"{about.name} holds one value, no list", "leave it out")
    if origin.way == "columns" and not (many or sort == "span"):
        sheet.tell((*origin.steps, "columns"), f"{about.name} holds one value", "join columns by template")
    if origin.way == "columns" and sort == "span" and len(origin.names) != 2:
        sheet.tell((*origin.steps, "columns"), f"a date has two ends, here stand {len(origin.names)}", "name the columns of the first and of the last day")
    if origin.way == "parts" and sort not in _DATES:
        sheet.tell((*origin.steps, "parts"), f"{about.name} holds no date", "join columns by template")
    reads = origin.reads
    if "as" not in raw:
        reads = "date" if sort in _DATES else "slug" if sort in _SLUGS and origin.way == "template" else "text"
    for constant, at in _constants(origin):
        _check_word(sheet, about, constant, at)
    return replace(origin, reads=reads, many=many, about=about)


def _constants(origin: Origin) -> Iterable[tuple[Any, Steps]]:
    """Yield what the mapping itself writes into the field, and where it stands."""
    given = [(origin.value, (*origin.steps, "value"))] if origin.way == "value" else []
    given += [(origin.default, (*origin.steps, "default"))] if origin.default is not None else []
    given += [(value, (*origin.steps, "map")) for value in (origin.map or {}).values()]
    for value, steps in given:
        yield from ((one, steps) for one in (value if isinstance(value, list) else [value]))


def _check_word(sheet: Sheet, about: Field, value: Any, steps: Steps) -> None:
    words = about.matter.words
    if words and value != "" and value not in words:
        sheet.tell(steps, f"{shown(value)} is not a known word", did_you_mean(str(value), words, f"expected {about.matter.expected}"))


def _check_needs(sheet: Sheet, rule: RecordRule) -> None:
    """Tell which fields the record must have and no row can give."""
    held = {child.field for child in rule.children}
    for name, about in fields_of(rule.shape).items():
        if about.required and name not in rule.fields and name not in held:
            how = f"write [[record.children]] with field = “{name}”" if about.matter.shape else f"give {about.matter.expected}"
            sheet.tell((*rule.steps, name), f"a {rule.kind} needs {shown(name)}, and the mapping does not give it", how)
