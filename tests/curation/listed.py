"""The series Pakistan–Russia with nothing but its parties and the names of its commitments: no meeting, no source, no person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from config.settings import BASE_DIR
from tests.kept import once
from tracker.loading.apply import load
from tracker.loading.edits import Loader

SERIES = BASE_DIR / "fixtures" / "pakistan_russia"


def only_names() -> None:
    """Load them from the shipped files, without the milestones that stand beside some."""
    once("only names", _load)


def _load() -> None:
    paths = [BASE_DIR / "fixtures" / "world" / "parties.toml", SERIES / "series.toml", *sorted(SERIES.glob("commitments*.toml"))]
    with TemporaryDirectory() as folder:
        for path in paths:
            (Path(folder) / path.name).write_text(path.read_text("utf-8").partition("[[milestone]]")[0], encoding="utf-8")
        load([Path(folder)], by=Loader(datetime(2026, 1, 31, tzinfo=UTC)), complete=False)
