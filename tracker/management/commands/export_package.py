"""Write what is public as a Data Package."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone

from tracker.exports.folder import ExportError
from tracker.exports.package.writing import Edition, write_package
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.loading.kept import Wanted, records
from tracker.management.asking import day_asked
from tracker.models import Series
from tracker.models.publication import publication_rule
from tracker.queries.facts import series_record
from tracker.queries.moment import one_moment


class Command(BaseCommand):
    help = "Write what is public as a Data Package: CSV files, and a descriptor that says what each column means."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, a new one, or that of an earlier package, which is replaced as a whole")
        parser.add_argument("--as-of", metavar="DATE", help="compute cells and measures without what happened after this day (default: today)")

    def handle(self, *_args: Any, **options: Any) -> None:
        as_of = day_asked(options["as_of"], timezone.localdate())

        def address(commitment: str, meeting: str) -> str:
            return f"{reverse('tracker:cell', args=[commitment, meeting])}?as_of={as_of.isoformat()}"

        try:
            with one_moment():
                edition = Edition(settings.VERSION, as_of, address)
                written = write_package(options["folder"], records(Wanted(publication_rule)), matrices(as_of), edition)
        except ExportError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {' '.join(str(error).split())}. Nothing was written.") from None
        self.stdout.write(f"Wrote {sum(written.values())} rows in {len(written)} tables to {options['folder']}, as of {as_of.isoformat()}.")


def matrices(as_of: date) -> Iterator[Matrix]:
    """Yield the matrix of each public series, one at a time."""
    for slug in sorted(Series.objects.published().values_list("slug", flat=True)):
        if record := series_record(slug):
            yield matrix(record, as_of)
