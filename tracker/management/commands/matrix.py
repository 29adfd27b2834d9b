"""Print the recurrence matrix of one series."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.exports.documents import matrix_document
from tracker.exports.tables import general_only, matrix_table
from tracker.history.matrix import matrix
from tracker.management.asking import day_asked, instead
from tracker.models import Series
from tracker.queries.facts import series_record


class Command(BaseCommand):
    help = "Print the matrix of a series: every commitment against every meeting."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("series", help="Slug of the series, for example pakistan-russia.")
        parser.add_argument("--as-of", metavar="DATE", help="Leave out what happened after this day (2024-07-03, 2024-07 or 2024). Default: today.")
        parser.add_argument("--all-meetings", action="store_true", help="Also print the meetings that were called for one thing (JSON always holds them).")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = day_asked(options["as_of"], timezone.localdate())
        record = series_record(options["series"])
        if record is None:
            raise CommandError(f"There is no public series “{options['series']}”{instead(options['series'], Series.objects.published())}")
        found = matrix(record, as_of)
        if options["format"] == "json":
            self.stdout.write(json.dumps(matrix_document(found), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(matrix_table(found if options["all_meetings"] else general_only(found)))
