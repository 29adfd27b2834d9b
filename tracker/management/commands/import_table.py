"""Import somebody's table (CSV, TSV, XLSX) by a mapping file: check every row, show what changes, write it in one transaction."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.loading.account import as_dict, lines
from tracker.loading.foreign.importing import Imported, import_table
from tracker.loading.problems import FixtureError, Problem
from tracker.management.asking import add_reason, add_side, loader_here


class Command(BaseCommand):
    help = (
        "Import a table by a mapping. Every refused row is listed with its line and reason, and then nothing is written; the same import again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", metavar="FILE", type=Path, help="a table in CSV, TSV or XLSX")
        parser.add_argument("--mapping", metavar="MAP.toml", type=Path, required=True, help="what its columns mean: see docs/importing.md")
        parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
        parser.add_argument("--skip-refused", action="store_true", help="write the good rows and list the others")
        add_side(parser)
        add_reason(parser)
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to report (default: text)")

    def handle(self, *_args: Any, **options: Any) -> None:
        tell = self._as_json if options["format"] == "json" else self._as_text
        by = loader_here(options, timezone.now())
        try:
            done = import_table(
                options["table"], options["mapping"], by=by, skip_refused=options["skip_refused"], dry_run=options["dry_run"], side=options["side"]
            )
        except FixtureError as refused:
            tell(refused.problems, None, written=False)
            raise SystemExit(1) from None
        except DatabaseError as error:
            raise CommandError(f"The database can't be used: {' '.join(str(error).split())}. Nothing was written.") from None
        written = done.plan is not None and not (options["dry_run"] or done.plan.is_empty)
        tell(done.refused, done, written=written)
        if done.plan is None:
            raise SystemExit(1)

    def _as_text(self, problems: Iterable[Problem], done: Imported | None, *, written: bool) -> None:
        problems = list(problems)
        for problem in problems:
            self.stderr.write(str(problem))
        if done is None or done.plan is None:
            number = len(problems)
            self.stderr.write(f"{number} problem{'s' * (number != 1)}. Nothing was written.")
            return
        for line in lines(done.plan):
            self.stdout.write(line)
        self.stdout.write(told(done))
        if not (written or done.plan.is_empty):
            self.stdout.write("Dry run: nothing was written.")

    def _as_json(self, problems: Iterable[Problem], done: Imported | None, *, written: bool) -> None:
        said: dict[str, Any] = {"written": written, "problems": [problem.as_dict() for problem in problems]}
        if done:
            said |= {"rows": {"read": done.rows, "left_out": done.left_out, "refused": done.refused_rows}, "kept": done.kept}
        self.stdout.write(json.dumps(said | (as_dict(done.plan) if done and done.plan else {}), ensure_ascii=False, indent=2))


def told(done: Imported) -> str:
    """Return what became of the rows, in a line."""
    parts = [f"{done.rows} row{'s' * (done.rows != 1)} read"]
    parts += [f"{done.left_out} left out by [[skip]]"] if done.left_out else []
    parts += [f"{done.refused_rows} refused and passed over"] if done.refused_rows else []
    parts += [f"{done.kept} record{'s' * (done.kept != 1)} kept as found"] if done.kept else []
    return f"{', '.join(parts)}."
