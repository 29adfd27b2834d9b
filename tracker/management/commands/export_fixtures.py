"""Write the records as fixture files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from tracker.exports.fixtures import FORMS, Exported, write_fixtures
from tracker.exports.folder import ExportError
from tracker.loading.chosen import closed
from tracker.loading.fitness import checked
from tracker.loading.kept import Wanted, everything, records
from tracker.loading.problems import Problem
from tracker.management.asking import instead
from tracker.models import Series
from tracker.models.publication import decision_rule
from tracker.queries.moment import one_moment

#: So many records that a load would refuse are named, and the others counted.
NAMED = 20


class Command(BaseCommand):
    help = (
        "Write the records as fixture files that load_fixtures takes, with a manifest of counts and checksums. The files hold the private texts of sources: "
        "they are for you, and export_package writes what readers may have."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path, help="an empty folder, a new one, or that of an earlier export, which is replaced as a whole")
        parser.add_argument("--format", choices=list(FORMS), default="toml", help="how to write them (default: toml)")
        parser.add_argument(
            "--series", metavar="SLUG", action="append", default=[], help="only this series and what it needs to load by itself; can be repeated"
        )
        parser.add_argument("--with-drafts", action="store_true", help="also what is a draft or in review, and what hangs on it: a full backup")

    def handle(self, *_args: Any, **options: Any) -> None:
        problems: list[Problem] = []
        wanted = Wanted(everything if options["with_drafts"] else decision_rule)
        try:
            with one_moment():
                if options["series"]:
                    wanted = Wanted(wanted.rule, closed(asked_series(options["series"], wanted), wanted.rule))
                coming = checked(records(wanted), problems)
                done = write_fixtures(options["folder"], coming, options["format"], drafts=options["with_drafts"], series=options["series"])
        except ExportError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database can't be read: {' '.join(str(error).split())}. Nothing was written.") from None
        number = sum(done.counts.values())
        self.stdout.write(f"Wrote {number} record{'s' * (number != 1)} in {len(done.files)} file{'s' * (len(done.files) != 1)} to {options['folder']}.")
        self.stdout.write(f"Checksum {done.sha256}")
        for sentence in (*left_out(wanted.left), *refused(problems, done)):
            self.stderr.write(sentence)


def asked_series(slugs: Sequence[str], wanted: Wanted) -> list[int]:
    """Return the numbers of the series; raise ``CommandError`` for a slug under which none is wanted."""
    known = Series.objects.filter(wanted.rule(Series, ""))
    numbers = dict(known.filter(slug__in=slugs).values_list("slug", "pk"))
    for slug in slugs:
        if slug not in numbers:
            raise CommandError(f"There is no series “{slug}” to export{instead(slug, known)}")
    return list(numbers.values())


def left_out(left: Counter[str]) -> Iterator[str]:
    """Yield a sentence on what is not in the files because it is a draft, or hangs on one."""
    if told := [f"{name.replace('.', ': ')} ({number})" for name, number in left.items() if number]:
        yield f"Left out, because it is a draft or hangs on one: {', '.join(told)}. --with-drafts keeps it."


def refused(problems: Sequence[Problem], done: Exported) -> Iterator[str]:
    """Yield a sentence for each record that a load would refuse as it stands."""
    for problem in problems[:NAMED]:
        where = ": ".join(part for part in (problem.record, problem.field) if part)
        yield f"A load would refuse {where}: {problem.found}{f'; {problem.right}' if problem.right else ''}."
    if len(problems) > NAMED:
        yield f"A load would refuse {len(problems) - NAMED} more."
    for name in done.too_large:
        yield f"A load would refuse {name}: it is larger than 5 MB."
