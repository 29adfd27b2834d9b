"""Take a load back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from tracker.loading.reverting import CannotRevertError, revert
from tracker.management.asking import loader_here
from tracker.models import Load


class Command(BaseCommand):
    help = "Bring everything back to how it was before a load. The history keeps the load and its taking back. Refused where anything was changed since."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("run", metavar="RUN", help="the key of the load, as `manage.py loads` prints it")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--reason", default="", help="why it is taken back; readers are shown it")

    def handle(self, *args: Any, **options: Any) -> None:
        load = Load.objects.filter(edit__key=options["run"]).select_related("edit").first()
        if load is None:
            raise CommandError(f"There is no load {options['run']}: `manage.py loads` lists them.")
        by = loader_here(options, timezone.now())
        try:
            counts = revert(load, by=by, dry_run=options["dry_run"])
        except CannotRevertError as refused:
            named = "".join(f"\n  {record}" for record in refused.records)
            raise CommandError(f"The load can't be taken back: {refused.why}.{named}\nNothing was written.") from None
        except DatabaseError as error:
            raise CommandError(f"The database can't be used: {' '.join(str(error).split())}. Nothing was written.") from None
        self.stdout.write(f"{counts['removed']} rows removed, {counts['restored']} brought back, {counts['changed']} changed back.")
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
