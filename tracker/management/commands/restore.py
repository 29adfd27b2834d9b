"""Put a backup in the place of the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.upkeep.archive import ArchiveError
from tracker.upkeep.backups import restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database, whole or not at all. Stop the service first."
    #: The database may be broken, or not there.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="the backup; its manifest must stand beside it")
        parser.add_argument("--overwrite", action="store_true", help="replace a database that holds rows; of SQLite the old file is kept beside the new one")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            done = restore(options["file"], timezone.now(), overwrite=options["overwrite"])
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be used: {' '.join(str(error).split())}.") from None
        self.stdout.write(f"Restored {done.told.file} of {done.told.made:%Y-%m-%d %H:%M} UTC: {done.told.total} rows in {len(done.told.rows)} tables.")
        if done.aside:
            self.stdout.write(f"The database that stood there is kept as {done.aside}.")
        if done.unapplied:
            self.stdout.write(f"The backup is older than the software: {done.unapplied} migrations are to be applied by “manage.py migrate”.")
        else:
            self.stdout.write("Its tables are those of this version.")
        self.stdout.write("“manage.py doctor” says whether the record is whole.")
