"""Print the recurrence matrix of one series."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.utils import timezone

from tracker.charts.arrangement import Asked, arranged
from tracker.exports.documents import matrix_document
from tracker.exports.tables import as_arranged, matrix_table
from tracker.filters.matrix import FORMATS, LEVELS, SORTS, MatrixForm
from tracker.history.facts import Record
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
        parser.add_argument("--sort", choices=[word for word, _label in SORTS], help="The order of the commitments. Default: area.")
        parser.add_argument("--area", help="Only this area and what hangs under it: its slug.")
        parser.add_argument("--level", choices=_words(LEVELS), help="Only meetings of this level.")
        parser.add_argument("--meeting-format", choices=_words(FORMATS), help="Only meetings of this format.")
        parser.add_argument("--since", metavar="YEAR", help="Only meetings from this year on.")
        parser.add_argument("--until", metavar="YEAR", help="Only meetings up to this year.")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = day_asked(options["as_of"], timezone.localdate())
        record = series_record(options["series"])
        if record is None:
            raise CommandError(f"There is no public series “{options['series']}”{instead(options['series'], Series.objects.published())}")
        drawn = as_arranged(arranged(matrix(record, as_of), _asked(options, record)))
        if options["format"] == "json":
            self.stdout.write(json.dumps(matrix_document(drawn), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(matrix_table(drawn))


def _words(choices: Iterable[tuple[str, Any]]) -> list[str]:
    return [word for word, _label in choices if word]


def _asked(options: Mapping[str, Any], record: Record) -> Asked:
    """Return what is asked of the matrix, understood as its page understands it; raise ``CommandError`` where that would say no."""
    everything = options["all_meetings"] or options["format"] == "json"
    asked = {**options, "format": options["meeting_format"], "meetings": "all" if everything else ""}
    query = QueryDict(mutable=True)
    query.update({name: asked[name] for name in ("sort", "area", "level", "format", "since", "until", "meetings") if asked[name]})
    form = MatrixForm(query, record.commitments)
    if not form.is_valid():
        raise CommandError(" ".join(f"--{name}: {' '.join(map(str, said))}" for name, said in form.errors.items()))
    return form.asked()
