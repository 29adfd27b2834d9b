"""Importing a table: rows to records, all checks that fixtures pass, one transaction. Refuses the whole table, or, if asked, only its bad rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from pathlib import Path

from tracker.loading.apply import load_documents
from tracker.loading.edits import Loader
from tracker.loading.files import display
from tracker.loading.ownership import Side
from tracker.loading.plan import Identity, Plan
from tracker.loading.problems import FixtureError, Problem, shown
from tracker.loading.reading import Document, Reading
from tracker.loading.tables import BY_NAME

from .delimited import delimited
from .gathering import Gathered, TableDocument, columns_behind, gathered, problem, told_columns
from .giving import mapping_at
from .grid import Grid, laid_out
from .keys import told_steps
from .mapping import Mapping
from .refusal import told_lines
from .shaping import Fault, Shaped, shaped
from .workbook import workbook

#: A larger table is bulk, and another format's job.
LARGEST_TABLE = 50 * 1024 * 1024
_UNTAKEN = "something else"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the plan that was carried out, how many rows were read, left out by a rule and refused, and why."""

    plan: Plan | None
    rows: int
    left_out: int
    kept: int
    refused: list[Problem] = field(default_factory=list)

    @property
    def refused_rows(self) -> int:
        return len({one.line for one in self.refused})


def import_table(table: Path, mapping: Path, *, by: Loader, skip_refused: bool = False, dry_run: bool = False, side: Side | None = None) -> Imported:
    """Load the records that the table at ``table`` gives by the mapping at ``mapping``, and return what was done; with ``dry_run``, what would be.

    ``side``: whose values to take where an editor changed a record since it was loaded.

    Raises ``FixtureError`` with every problem of every row, and then nothing is written. With ``skip_refused`` bad rows are left out and told
    in the result, together with the rows that need them; a mapping that leaves a question open is refused all the same. No plan: no row was good.
    """
    stated = mapping_at(mapping, table)
    grid = _grid(table, stated)
    laid = laid_out(grid, stated)
    rows = list(shaped(laid.rows, stated, laid.places))
    if not rows:
        raise FixtureError(
            [Problem(grid.path, stated.table.first_row, "", "", "holds no row of data", f"rows are looked for from line {stated.table.first_row} on")]
        )
    undecided = _undecided(rows, stated)
    attempt = _Import(grid, stated, _standing(stated), by, dry_run, side)
    if undecided or not skip_refused:
        plan = attempt.load(rows, undecided)
        return Imported(plan, len(rows), sum(row.left_out for row in rows), attempt.kept)
    return attempt.load_good(rows)


def _grid(path: Path, mapping: Mapping) -> Grid:
    told = display(path)
    if not path.is_file():
        found = "not an ordinary file" if path.exists() else "there is no such file"
        raise FixtureError([Problem(told, 1, "", "", found, "")])
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_TABLE + 1)
    except OSError as error:
        raise FixtureError([Problem(told, 1, "", "", f"can't be read: {error.strerror}", "")]) from error
    if len(raw) > LARGEST_TABLE:
        raise FixtureError([Problem(told, 1, "", "", f"larger than {LARGEST_TABLE >> 20} MB", "split the table")])
    return (workbook if mapping.table.format == "xlsx" else delimited)(told, raw, mapping.table)


def _standing(mapping: Mapping) -> Map[str, Collection[Identity]]:
    """Return what stands in the database of the kinds of which the mapping keeps records, by kind."""
    tables = [BY_NAME[rule.kind] for rule in mapping.records if rule.existing == "keep"]
    return {table.name: set(table.model._default_manager.values_list(*table.lookups)) for table in tables}


def _undecided(rows: Iterable[Shaped], mapping: Mapping) -> list[Problem]:
    """Return a problem of the mapping for each of its fields that leaves a question open, with the lines that ask it."""
    open_at: dict[tuple[str | int, ...], list[Fault]] = defaultdict(list)
    for row in rows:
        for fault in row.faults:
            if fault.refusal.undecided:
                open_at[fault.refusal.steps].append(fault)
    found = []
    for steps, faults in open_at.items():
        lines = told_lines([fault.line for fault in faults])
        told = f"leaves open how to read {told_columns(faults[0].columns)}, in line{'s' * (len(faults) > 1)} {lines}: {faults[0].refusal.found}"
        found.append(Problem(mapping.document.path, mapping.document.line(steps), "", told_steps(steps), told, faults[0].refusal.right))
    return found


@dataclass(slots=True)
class _Import:
    """One import under way."""

    grid: Grid
    mapping: Mapping
    standing: Map[str, Collection[Identity]]
    by: Loader
    dry_run: bool
    side: Side | None
    kept: int = 0
    lost: dict[str, int] = field(default_factory=dict)

    def load(self, rows: Iterable[Shaped], problems: Iterable[Problem] = ()) -> Plan:
        """Load the rows; raise ``FixtureError`` with what is wrong, each problem at every row that it refuses."""
        rows = list(rows)
        together = gathered(rows, self.mapping, self.standing)
        self.kept = together.kept
        own = [problem(self.grid.path, fault) for fault in (*(fault for row in rows for fault in row.faults), *together.faults)]
        table = TableDocument(self.grid.path, "", dict(together.tables), [], together.lines, self.grid.raw)
        stated = Document(self.mapping.document.path, self.mapping.document.text, {}, [])
        reading = Reading(documents=[table, stated], problems=[*problems, *own])
        try:
            return load_documents(reading, by=self.by, complete=False, dry_run=self.dry_run, side=self.side)
        except FixtureError as error:
            raise FixtureError(one for found in error.problems for one in self._at_rows(found, together)) from error

    def load_good(self, rows: list[Shaped]) -> Imported:
        """Load the rows that are good, and refuse the others, until what is left holds together."""
        refused: list[Problem] = []
        left = rows
        while True:
            try:
                plan = self.load(left) if left else None
                break
            except FixtureError as error:
                lines = {found.line for found in error.problems if found.path == self.grid.path}
                bad = [row for row in left if row.line in lines]
                if not bad or any(found.path != self.grid.path for found in error.problems):
                    raise
                refused += error.problems
                self._lose(bad)
                left = [row for row in left if row.line not in lines]
        return Imported(plan, len(rows), sum(row.left_out for row in rows), self.kept, sorted(set(refused)))

    def _lose(self, rows: Iterable[Shaped]) -> None:
        """Keep in mind which records were refused, so that rows which refer to them are told why."""
        for row in rows:
            for given in row.given:
                if "slug" in given.table:
                    self.lost.setdefault(f"{given.rule.kind} {shown(given.table['slug'])}", row.line)

    def _at_rows(self, found: Problem, together: Gathered) -> Iterable[Problem]:
        """Yield the problem at every row that gives the record, with the columns behind the field."""
        if found.path != self.grid.path or (found.field and " (column" in found.field):
            return [found]
        if found.found.startswith(_UNTAKEN) and (found.record, found.field) in together.untaken:
            return []
        rule = together.rules.get(found.record)
        columns = told_columns(columns_behind(rule.fields[found.field].names, self.mapping)) if rule and found.field in rule.fields else ""
        if columns and found.found == "is missing":
            found = replace(found, found="is empty", right="fill it, or write default or when in the mapping")
        told = f"{found.field} ({columns})" if columns else found.field
        line = self.lost.get(found.found.removeprefix("there is no "))
        right = f"line {line}, which gives it, is refused" if line else found.right
        lines = together.givers.get(found.record) or [found.line]
        return [replace(found, line=at, field=told, right=right) for at in lines]
