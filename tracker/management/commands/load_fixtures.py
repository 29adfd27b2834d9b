"""Load fixture files: check them all, show what changes, write it in one transaction."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from tracker.loading.account import as_dict, lines
from tracker.loading.plan import Plan
from tracker.loading.problems import FixtureError
from tracker.loading.routes import load, seconds_of
from tracker.management.asking import add_reason, add_side, loader_here
from tracker.management.progress import progress


class Command(BaseCommand):
    help = "Load fixture files. Every problem of every file is listed, and then nothing is written; the same load again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        told = "a .toml, .jsonl or .jsonl.gz file, a folder of them, or - for JSON Lines from standard input (default: fixtures/)"
        parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=told)
        parser.add_argument("--dry-run", action="store_true", help="show what would change and write nothing")
        parser.add_argument("--prune", action="store_true", help="withdraw the published records that stand in none of the files")
        add_side(parser)
        add_reason(parser)
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to report (default: text)")

    def handle(self, *_args: Any, **options: Any) -> None:
        paths = options["paths"] or [settings.BASE_DIR / "fixtures"]
        dry_run = options["dry_run"]
        tell = self._as_json if options["format"] == "json" else self._as_text
        try:
            by = loader_here(options, timezone.now())
            self._warn(paths, options["verbosity"])
            with progress(self.stderr, options["verbosity"]) as tick:
                done = load(paths, by=by, complete=not options["paths"], prune=options["prune"], dry_run=dry_run, side=options["side"], tick=tick)
        except FixtureError as refused:
            tell(refused, None, written=False)
            raise SystemExit(1) from None
        except KeyboardInterrupt:
            self.stderr.write("Stopped. Nothing was written.")
            raise SystemExit(130) from None
        except DatabaseError as error:
            raise CommandError(f"The database can't be used: {' '.join(str(error).split())}. Nothing was written.") from None
        tell(None, done, written=not (dry_run or done.is_empty))

    def _warn(self, paths: list[Path], verbosity: int) -> None:
        """Say how long others will have to wait for the one lock that SQLite has for writing."""
        if verbosity and connection.vendor == "sqlite" and (seconds := seconds_of(paths)):
            told = f"about {seconds:,} second{'s' * (seconds != 1)}" if seconds > 0 else "as long as standard input goes on"
            self.stderr.write(f"The database is SQLite: until the load is done, {told}, nobody else can save. Reading goes on.")

    def _as_text(self, refused: FixtureError | None, plan: Plan | None, *, written: bool) -> None:
        for problem in refused.problems if refused else ():
            self.stderr.write(str(problem))
        if refused:
            number = len(refused.problems)
            more = f" and {refused.untold:,} more" if refused.untold else ""
            self.stderr.write(f"{number} problem{'s' * (number != 1)}{more}. Nothing was written.")
        if plan:
            for line in lines(plan):
                self.stdout.write(line)
            if not (written or plan.is_empty):
                self.stdout.write("Dry run: nothing was written.")

    def _as_json(self, refused: FixtureError | None, plan: Plan | None, *, written: bool) -> None:
        told: dict[str, Any] = {"written": written, "problems": [problem.as_dict() for problem in refused.problems] if refused else []}
        self.stdout.write(json.dumps(told | (as_dict(plan) if plan else {}), ensure_ascii=False, indent=2))
