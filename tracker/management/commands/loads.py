"""List the loads: when, by whom, from which files, what they did."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker.models import Load

#: PostgreSQL keeps the keys of JSON in an order of its own.
_COUNTS = ("new", "changed", "same", "withdrawn", "gone", "untouched", "removed", "restored")


class Command(BaseCommand):
    help = "List the loads, newest first: what revert_load takes back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=20, help="how many (default: 20)")

    def handle(self, *args: Any, **options: Any) -> None:
        loads = Load.objects.select_related("edit", "reverts__edit").prefetch_related("reverted_by__edit").order_by("-edit_id")
        for load in loads[: max(0, options["limit"])]:
            self.stdout.write("  ".join(part for part in _told(load) if part))


def _told(load: Load) -> list[str]:
    counts = ", ".join(f"{load.counts[name]} {name}" for name in _COUNTS if load.counts.get(name))
    files = ", ".join(one["path"] for one in load.files[:3]) + (f" and {len(load.files) - 3} more" if len(load.files) > 3 else "")
    takes_back = f"takes {load.reverts.edit.key} back" if load.reverts else ""
    taken_back = "".join(f"(taken back by {one.edit.key})" for one in load.reverted_by.all())
    return [load.edit.key, f"{load.edit.made:%Y-%m-%d %H:%M}", load.by_account, counts, takes_back or files, load.reason, taken_back]
