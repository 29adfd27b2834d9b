"""All fixture files under some paths as documents, whatever they are written in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .files import TOML, fixture_files
from .jsonlines import read_lines
from .reading import Reading, read


def documents(paths: Iterable[Path]) -> Reading:
    """Return what stands in all fixture files under ``paths``."""
    reading = Reading()
    for path in fixture_files(paths, reading.problems):
        (read if path.suffix == TOML else read_lines)(path, reading)
    return reading
