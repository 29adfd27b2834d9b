"""Print how much the data set holds, and how much of it was read."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import BaseCommand

from tracker.queries.description import description


class Command(BaseCommand):
    help = "Print the counts of the public records, and for each series how many of its meetings were read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *_args: Any, **options: Any) -> None:
        found = description()
        if options["format"] == "json":
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join([*_records(found), *(line for series in found["series"] for line in _series(series))]))


def _records(found: Mapping[str, Any]) -> Iterator[str]:
    for name, counted in found.items():
        title = name.replace("_", " ")
        if isinstance(counted, dict):
            apart = ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
            yield f"{title}: {sum(counted.values())}" + (f" ({apart})" if apart else "")
        elif isinstance(counted, int):
            yield f"{title}: {counted}"


def _series(series: Mapping[str, Any]) -> Iterator[str]:
    read = ", ".join(f"{number} {grade}" for grade, number in series["read"].items())
    yield ""
    yield f"{series['title']} (searched until {series['covered_until']})"
    yield f"  meetings held: {series['meetings_held']}, and {series['rooms']} rooms within them; readings: {read}"
    yield f"  statements: {series['statements']}; planned, postponed or called off: {series['not_held']}"
