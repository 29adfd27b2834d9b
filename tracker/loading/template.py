"""Fixture templates: every field of a kind with its meaning, and example values that load as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .examples import ABOUT, EXAMPLES, MEANINGS, NEEDED, SWITCHED_ON
from .fields import Field, fields_of
from .shapes import SHAPES, Record
from .tables import TABLES

_TABLES = {(table.owner_table or table.name, table.shape): table for table in TABLES}


def template(kind: str) -> str:
    """Return a commented record of ``kind`` as TOML, followed by the least records it refers to, so that the whole loads by itself."""
    lines = [f"## {ABOUT[kind]}", "## A line that begins with “# ” is an optional field, switched off: take the mark away to use it.", ""]
    lines += _table(kind, SHAPES[kind], kind)
    if NEEDED[kind]:
        lines += ["", "", "## What the example above refers to. Leave these records out where yours are loaded already.", "", *NEEDED[kind]]
    return "\n".join(lines).rstrip() + "\n"


def meaning(kind: str, shape: type[Record], field: Field) -> str:
    """Return what a field means, in a sentence: as the table says it, or as this package does for what only fixtures have."""
    if told := MEANINGS.get(field.name):
        return told
    column: Any = _TABLES[kind, shape].model._meta.get_field(field.name)
    name = str(column.verbose_name)
    told = f"{name[:1].upper()}{name[1:]}."
    return f"{told} {column.help_text}" if column.help_text else told


def demand(field: Field) -> str:
    """Return whether a field must be written, and what holds where it is not."""
    if field.required:
        return "required"
    if field.default in (None, "", []):
        return "optional"
    return f"optional, otherwise {str(field.default).lower() if isinstance(field.default, bool) else field.default}"


def _table(kind: str, shape: type[Record], header: str, *, on: bool = True) -> Iterator[str]:
    off = "" if on else "# "
    yield f"{off}[[{header}]]"
    examples = EXAMPLES[header]
    children = []
    for name, field in fields_of(shape).items():
        if field.matter.shape:
            children.append((name, field.matter.shape, field.required))
            continue
        yield f"## {meaning(kind, shape, field)} {_expected(field)} ({demand(field)})"
        written = on and (field.required or (header, name) in SWITCHED_ON)
        yield f"{'' if written else '# '}{name} = {examples[name]}"
    for name, child, required in children:
        yield ""
        yield from _table(kind, child, f"{header}.{name}", on=required)


def _expected(field: Field) -> str:
    expected = field.matter.expected
    return f"{expected[:1].upper()}{expected[1:]}."
