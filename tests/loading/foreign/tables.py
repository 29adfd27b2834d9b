"""Small tables and mappings, and the ways tests import them. Nothing of it is real."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.loading.miniature import Run, load
from tracker.loading.foreign.giving import mapping_at
from tracker.loading.problems import FixtureError

#: What each row of the tables gives: a party, so that no row needs another record.
PARTIES = """
[[record]]
kind = "party"
fields.slug = { column = "Code" }
fields.name = { column = "Name" }
fields.kind = { column = "Kind", map = { "S" = "state", "O" = "organization" } }
"""
#: The same with a day in the name, read as the table says.
DATED = """
[values]
day = { column = "Day", as = "date" }

[[record]]
kind = "party"
fields.slug = { column = "Code" }
fields.name = { template = "Founded {day}" }
fields.kind = { value = "organization" }
"""


def mapped(folder: Path, mapping: str, name: str = "map.toml") -> Path:
    path = folder / name
    path.write_text(mapping, encoding="utf-8")
    return path


def imported(folder: Path, table: str | bytes | Path, mapping: str = PARTIES, name: str = "table.csv", **options: Any) -> Run:
    """Import a table by a mapping and return how that ended."""
    path = table if isinstance(table, Path) else folder / name
    if not isinstance(table, Path):
        path.write_bytes(table.encode() if isinstance(table, str) else table)
    return load(path, command="import_table", mapping=mapped(folder, mapping), **options)


def refusals(run: Run, folder: Path) -> list[str]:
    """Return what was refused, without the folder and the closing line."""
    assert run.code == 1, run.out
    *told, closing = run.err.splitlines()
    assert closing.endswith("Nothing was written.")
    return [line.removeprefix(f"{folder}/") for line in told]


def wrong(folder: Path, mapping: str, table: str = "table.csv") -> list[str]:
    """Return what is wrong with a mapping, without its folder."""
    try:
        mapping_at(mapped(folder, mapping), folder / table)
    except FixtureError as error:
        return [str(problem).removeprefix(f"{folder}/map.toml:") for problem in error.problems]
    return []


def book(folder: Path, *rows: Sequence[Any], name: str = "table.xlsx") -> Path:
    """Write a workbook of one sheet and return its path."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    made.save(folder / name)
    return folder / name
