"""Say whether the record is whole, and name what is not."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.models import Edit
from tracker.upkeep.archive import ArchiveError, read_manifest
from tracker.upkeep.doctor import checks, faults
from tracker.upkeep.findings import Check, Tally
from tracker.upkeep.seals import NOTHING

#: So many faults of one kind are named, and the others counted.
NAMED = 100


class Command(BaseCommand):
    help = "Say whether the record is whole: what was checked, how much of it, and every record with which something is wrong. Exits with 1 if anything is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="make anew what follows from the records: folded names, roll-ups, the index of the search")
        parser.add_argument("--against", metavar="FILE", type=Path, help="a backup or its manifest: the history must hold what it held then")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            witness = read_manifest(options["against"]).head if options["against"] else NOTHING
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        wrong = 0
        for check in checks(witness):
            found = self._told(check)
            if found and check.mend and options["repair"]:
                check.mend()
                self.stdout.write(f"{check.name}: made anew")
                found = self._told(check)
            wrong += found
        if unsealed := Edit.objects.filter(seal=None).count():
            self.stdout.write(f"history: {unsealed} edit{'s' * (unsealed != 1)} not sealed yet; each backup seals them, and so does seal_history")
        if wrong:
            self.stderr.write(f"{wrong} fault{'s' * (wrong != 1)}.")
            raise SystemExit(1)
        self.stdout.write("The record is whole.")

    def _told(self, check: Check) -> int:
        """Look, say what was found, and return how many faults that is."""
        tally, number = Tally(), 0
        for number, sentence in enumerate(faults(check, tally), 1):
            if number <= NAMED:
                self.stderr.write(f"{sentence}.")
        if number > NAMED:
            self.stderr.write(f"{check.name}: {number - NAMED} more.")
        self.stdout.write(f"{check.name}: {tally.number} {check.counted}, {number or 'no'} fault{'s' * (number != 1)}")
        return number
