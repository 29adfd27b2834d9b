"""Print a commented template of a fixture record."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker.loading.shapes import SHAPES
from tracker.loading.template import template


class Command(BaseCommand):
    help = "Print a fixture record with every field, its meaning and an example value. What is printed loads as it stands."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", choices=list(SHAPES), help=f"one of {', '.join(SHAPES)}")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.stdout.write(template(options["kind"]), ending="")
