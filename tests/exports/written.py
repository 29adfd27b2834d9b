"""What tests do with exports: run the command, read the folder, empty the database."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

from tracker.search import entries


@dataclass(frozen=True, slots=True)
class Told:
    out: str
    err: str


def export(folder: Path, command: str = "export_fixtures", **options: Any) -> Told:
    """Run the command and return what it said."""
    out, err = StringIO(), StringIO()
    call_command(command, str(folder), stdout=out, stderr=err, **options)
    return Told(out.getvalue(), err.getvalue())


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under ``folder`` by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def empty_the_database() -> None:
    """Take away every row of the tracker."""
    for model in apps.get_app_config("tracker").get_models(include_auto_created=True):
        rows = model._default_manager.all()
        rows._raw_delete(rows.db)
    entries.rebuild()
