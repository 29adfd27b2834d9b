"""Seal the edits that were made since the last time, so that a later change of what they left is found."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tracker.upkeep.seals import head, seal


class Command(BaseCommand):
    help = "Seal the edits that are not sealed yet. Every backup does so first."

    def handle(self, *_args: Any, **_options: Any) -> None:
        number = seal()
        last = head()
        self.stdout.write(f"Sealed {number} edit{'s' * (number != 1)}; the chain has {last.number}, the last link is {last.link or 'none'}.")
