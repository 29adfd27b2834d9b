"""Write what is public as one SQLite file for nodes that serve readers only."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.exports.snapshot.publishing import CURRENT, SnapshotError, publish


class Command(BaseCommand):
    help = "Write what is public, without drafts and accounts, as one SQLite file into a folder, and make it the current one there (READ_ONLY nodes serve it)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="the folder; a link in it, current.sqlite3, leads to the newest snapshot")
        parser.add_argument("--keep", type=int, default=3, help="how many snapshots stay (default: 3)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 1:
            raise CommandError("At least the newest snapshot must stay: --keep 1 or more.")
        try:
            made = publish(options["folder"], timezone.now(), settings.VERSION, options["keep"])
        except SnapshotError as refused:
            raise CommandError(f"No snapshot was made: {refused}.") from None
        except (DatabaseError, OSError) as error:
            raise CommandError(f"No snapshot was made: {' '.join(str(error).split())}. The one before is as it was.") from None
        self.stdout.write(f"{CURRENT} is now {made.file}: {sum(made.rows.values())} rows, {made.size} bytes, data version {made.data_version}.")
        self.stdout.write(f"SHA-256 {made.sha256}")
