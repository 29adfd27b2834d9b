"""Make the index of the search anew, or say whether that is needed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.search import entries


class Command(BaseCommand):
    help = "Make the index of the search anew from the records; with --check, only say whether it holds what they say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail with the reasons if the index is wrong.")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            self.stdout.write(f"{entries.rebuild()} texts can be found.")
        elif faults := entries.faults():
            raise CommandError("The search does not find what the records say: rebuild it.\n" + "\n".join(faults))
        else:
            self.stdout.write("The search finds what the records say.")
