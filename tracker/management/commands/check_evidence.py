"""Check that every key phrase stands in its source's text, at its locator."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.loading.proof import NOT_FOUND, Verdict, totals, verdicts


class Command(BaseCommand):
    help = "Check that every key phrase stands in its source's text, at its locator. Exits with 1 when one does not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--texts", metavar="DIR", type=Path, help="a folder of documents, found by the checksum that each source keeps")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="how to report (default: text)")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = options["texts"]
        if folder and not folder.is_dir():
            raise CommandError(f"{folder} is no folder.")
        found = verdicts(folder)
        if options["format"] == "json":
            told = {"totals": totals(found), "citations": [verdict.as_dict() for verdict in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self._as_text(found, options["verbosity"])
        if any(verdict.verdict == NOT_FOUND for verdict in found):
            raise SystemExit(1)

    def _as_text(self, found: list[Verdict], verbosity: int) -> None:
        for verdict in found:
            if verdict.verdict == NOT_FOUND:
                self.stderr.write(str(verdict))
            elif verbosity > 0:
                self.stdout.write(str(verdict))
        self.stdout.write(", ".join(f"{number} {verdict.replace('_', ' ')}" for verdict, number in totals(found).items()) + ".")
