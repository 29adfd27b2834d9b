"""Make the data package that readers download, unless the newest one still says all there is."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from tracker.exports.folder import ExportError
from tracker.exports.package.releases import newest_file, release
from tracker.exports.package.writing import Edition, write_package
from tracker.loading.kept import Wanted, records
from tracker.models import DataVersion
from tracker.models.publication import publication_rule
from tracker.queries.moment import one_moment

from .export_package import matrices


class Command(BaseCommand):
    help = "Make the data package that readers download from the page “Data”. Does nothing while the records are those of the newest one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="make one even if no record changed: ages and conditions are then those of today")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder = Path(settings.DATA_DIR)
        now = timezone.now()

        def address(commitment: str, meeting: str) -> str:
            return f"{reverse('tracker:cell', args=[commitment, meeting])}?as_of={now.date().isoformat()}"

        def write(target: Path) -> Mapping[str, int]:
            return write_package(target, records(Wanted(publication_rule)), matrices(now.date()), Edition(settings.VERSION, now.date(), address))

        try:
            with one_moment():
                told = (settings.VERSION, DataVersion.current())
                newest = newest_file(folder)
                if newest and not options["again"] and (newest[0].software, newest[0].data_version) == told:
                    self.stdout.write(f"No record has changed since {newest[0].made:%Y-%m-%d}: {newest[0].file} stays.")
                    return
                made = release(folder, now, now.date(), told, write)
        except ExportError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {' '.join(str(error).split())}. Nothing was written.") from None
        self.stdout.write(f"Made {made.file}: {made.total} rows in {len(made.rows)} tables, SHA-256 {made.sha256}.")
