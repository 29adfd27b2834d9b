"""Make a backup of the database, and take away those that are no longer kept."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.upkeep.archive import KEPT, ArchiveError, rotate
from tracker.upkeep.backups import back_up


class Command(BaseCommand):
    help = (
        "Write the whole database into one file, check that it is whole, and write its checksum and what it holds beside it. Nobody has to stop working. "
        f"Of earlier backups the newest of each of the last {KEPT['%Y-%m-%d']} days, {KEPT['%G week %V']} weeks and {KEPT['%Y-%m']} months are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", metavar="DIR", type=Path, default=Path(settings.BACKUP_DIR), help="where backups are kept (default: BACKUP_DIR)")
        parser.add_argument("--keep-all", action="store_true", help="take no earlier backup away")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            told, path = back_up(options["to"], timezone.now(), settings.VERSION)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {' '.join(str(error).split())}. Nothing was written.") from None
        self.stdout.write(f"Made {path}: {told.total} rows in {len(told.rows)} tables, {told.bytes} bytes, SHA-256 {told.sha256}.")
        self.stdout.write(f"The history is sealed up to link {told.head.number}: {told.head.link or 'none'}.")
        for name in () if options["keep_all"] else rotate(options["to"]):
            self.stdout.write(f"Took away {name}.")
