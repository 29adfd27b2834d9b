"""A package as a folder of CSV files and the descriptor that says what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tracker.exports.cells import Address
from tracker.exports.files import NewFile
from tracker.exports.folder import replaced
from tracker.exports.lines import csv_line
from tracker.history.results import Matrix
from tracker.history.thresholds import THRESHOLDS
from tracker.loading.kept import Kept
from tracker.vocabulary.scales import Scale

from .cells import cell_layout, rows_of
from .columns import Value
from .measures import measure_layout, measure_row, threshold_layout, threshold_rows
from .tables import Layout, layouts, rows

NAME = "reaffirmed"
DESCRIPTOR = "datapackage.json"
PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTION = (
    "Cooperation commitments between states, meeting by meeting: what was pledged, at which later meetings it was voiced again, in which words, by whom, "
    "what moved, what fell silent, and which source proves each of these statements. Files are UTF-8; an empty cell is no value. "
    "A text that begins with one of = + - @ (wide ones too), with a tab, the end of a line or an apostrophe stands behind one more apostrophe, "
    "so that no spreadsheet takes it for a formula: take the first one off. Dates that may be uncertain stand in three columns: as they are known (EDTF), "
    "the earliest and the latest day. The tables “cell” and “measure” are computed from the others as of the day in as_of, by the thresholds in “threshold”."
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What a package says of itself: the version of the software, the day as of which cells and measures are computed, and where each cell is explained."""

    version: str
    as_of: date
    address: Address


def write_package(target: Path, records: Iterable[Kept], matrices: Iterable[Matrix], edition: Edition) -> dict[str, int]:
    """Write public ``records`` and the ``matrices`` of their series; return the number of rows of each table."""
    with replaced(target, listed) as folder, ExitStack() as open_files:
        plans = [*layouts(), measure_layout(), cell_layout(), threshold_layout()]
        files = {one.name: open_files.enter_context(NewFile(folder, f"{one.name}.csv")) for one in plans}
        for one in plans:
            files[one.name].write(csv_line(one.heads))
        for record in records:
            for name, row in rows(record):
                files[name].write(csv_line(row), records=1)
        for name, computed in _computed(matrices, edition):
            files[name].write(csv_line(computed), records=1)
        for file in files.values():
            file.close()
        with NewFile(folder, DESCRIPTOR) as descriptor:
            descriptor.write(json.dumps(_described(plans, files, edition), ensure_ascii=False, indent=2) + "\n")
    return {name: file.records for name, file in files.items()}


def listed(folder: Path) -> set[str] | None:
    """Return the paths of the files that an earlier package holds in ``folder``, or None if there is none."""
    try:
        package = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
        return {DESCRIPTOR, *(resource["path"] for resource in package["resources"])} if package["name"] == NAME else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _computed(matrices: Iterable[Matrix], edition: Edition) -> Iterator[tuple[str, Sequence[Value]]]:
    """Yield the rows of what is computed, in an order that no database decides."""
    yield from (("threshold", row) for row in threshold_rows(THRESHOLDS))
    for matrix in matrices:
        sorted_rows = tuple(sorted(matrix.rows, key=lambda trace: trace.commitment.slug))
        yield from (("measure", measure_row(trace)) for trace in sorted_rows)
        yield from (("cell", row) for row in rows_of(replace(matrix, rows=sorted_rows), edition.address))


def _described(plans: Iterable[Layout], files: Mapping[str, NewFile], edition: Edition) -> dict[str, Any]:
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": NAME,
        "title": "Reaffirmed: cooperation commitments between states, meeting by meeting",
        "description": DESCRIPTION,
        "version": edition.version,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": "https://creativecommons.org/licenses/by/4.0/",
                "title": "Creative Commons Attribution 4.0. Key phrases are quotations and belong to those who wrote them.",
            }
        ],
        "sources": [{"title": "The published documents listed in the table “source”, each with its publisher and its address", "path": "source.csv"}],
        "contributors": [{"title": "The Reaffirmed authors", "roles": ["author"]}],
        "keywords": ["diplomacy", "cooperation", "commitments", "meetings", "restatement"],
        "as_of": edition.as_of.isoformat(),
        "thresholds": {name: value.word if isinstance(value, Scale) else value for name, value in asdict(THRESHOLDS).items()},
        "resources": [_resource(one, files[one.name]) for one in plans],
    }


def _resource(layout: Layout, file: NewFile) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [column.as_field() for column in layout.columns],
        "primaryKey": list(layout.key),
    }
    if layout.references:
        schema["foreignKeys"] = [_foreign_key(layout.name, one.columns, one.table, one.to) for one in layout.references]
    return {
        "name": layout.name,
        "type": "table",
        "path": file.path,
        "title": layout.name.replace("-", " ").capitalize(),
        "description": layout.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"$schema": f"{PROFILES}/tabledialect.json", "header": True, "delimiter": ","},
        "schema": schema,
    }


def _foreign_key(own: str, columns: Sequence[str], table: str, to: Sequence[str]) -> dict[str, Any]:
    """Return where columns lead. One that leads to its own table names none, as the standard wants it."""
    return {"fields": list(columns), "reference": ({} if table == own else {"resource": table}) | {"fields": list(to)}}
