"""Print why one cell of the matrix is what it is."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tracker.exports.documents import Document, cell_of, explanation
from tracker.history.results import Cell, Trace
from tracker.history.trace import trace
from tracker.management.asking import day_asked, instead
from tracker.models import Commitment, Meeting
from tracker.queries.facts import commitment_record


class Command(BaseCommand):
    help = "Print the rule that decided a cell and every row that decided it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("commitment", help="Slug of the commitment, for example karachi-steel-mill.")
        parser.add_argument("meeting", help="Slug of the meeting, for example beijing-2025-09-02.")
        parser.add_argument("--as-of", metavar="DATE", help="Leave out what happened after this day (2024-07-03, 2024-07 or 2024). Default: today.")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = day_asked(options["as_of"], timezone.localdate())
        record = commitment_record(options["commitment"])
        if record is None:
            near = instead(options["commitment"], Commitment.objects.published())
            raise CommandError(f"There is no public commitment “{options['commitment']}”{near}")
        found = trace(record, options["commitment"], as_of)
        document = explanation(found, cell_at(found, options["meeting"]))
        if options["format"] == "json":
            self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(in_lines(document, options["meeting"])))


def cell_at(found: Trace, meeting: str) -> Cell:
    """Return the cell of the column that holds ``meeting``, itself or as a room; raise ``CommandError`` where there is none."""
    if cell := cell_of(found, meeting):
        return cell
    public = Meeting.objects.published()
    if not public.filter(slug=meeting).exists():
        raise CommandError(f"There is no public meeting “{meeting}”{instead(meeting, public)}")
    raise CommandError(
        f"“{meeting}” is no column of {found.commitment.series} as of {found.as_of.isoformat()}: columns are the held meetings of the series up to that day; "
        "statements and meetings of other series stand beside them."
    )


def in_lines(document: Document, asked: str) -> Iterator[str]:
    """Yield the explanation of a cell as lines for a reader."""
    room = f", as a room of {document['meeting']}" if asked != document["meeting"] else ""
    yield f"{document['commitment']} at {asked}{room} ({document['date']}), as of {document['as_of']}"
    yield f"  state    {document['state']}: {document['state_in_words']}"
    yield f"  rule     {document['rule']}: {document['rule_in_words']}"
    yield f"  read     {document['grade']}: {document['grade_in_words']}"
    yield f"  counted  {'yes' if document['counted'] else 'no'}: {document['counted_because']}"
    yield "  because"
    for reason in document["because"]:
        yield f"    {reason['kind']:<11} {reason['ref']}: {reason['says']}"
