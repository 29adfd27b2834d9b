"""Loading, small or large: what people wrote is planned as a whole and told record by record, what programs wrote goes by the thousand lines.

Both ways check by the same rules and end in the same plan: docs/decisions/0014-one-loader-two-speeds.md
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from . import apply
from .bulk.run import Asked, load_lines
from .bulk.spool import Tick
from .edits import Loader
from .files import STANDARD_INPUT, TOML, display, fixture_files
from .ownership import Side
from .plan import Plan
from .problems import FixtureError, Problem

#: From so many bytes of JSON Lines on they are not held in memory together.
LARGE = 4 * 1024 * 1024
#: As many bytes of new lines are written in a second, roll-ups and search included, on a machine of two cores.
BYTES_A_SECOND = 500_000
#: As much larger than the packed file its lines are, about.
PACKED = 8


def load(
    paths: Iterable[Path], *, by: Loader, complete: bool, prune: bool = False, dry_run: bool = False, side: Side | None = None, tick: Tick = lambda *_: None
) -> Plan:
    """Load the fixture files under ``paths`` and return what was done; with ``dry_run``, what would be done. See ``apply.load``."""
    given = list(paths)
    problems: list[Problem] = []
    files = list(fixture_files(given, problems))
    if problems or not is_large(files):
        return apply.load(given, by=by, complete=complete, prune=prune, dry_run=dry_run, side=side)
    if wrong := [
        Problem(display(path), 1, "", "", "can't be loaded together with so many lines", "load it by itself") for path in files if path.suffix == TOML
    ]:
        raise FixtureError(wrong)
    size = size_of(files)

    def told(what: str, done: int, whole: int) -> None:
        tick(what, done, size if what == "reading" else whole)

    return load_lines(files, Asked(by, side, dry_run=dry_run, prune=prune), told)


def seconds_of(paths: Iterable[Path]) -> int:
    """Return about how many seconds a large load of ``paths`` takes, -1 if nobody knows, 0 if it is not large."""
    files = list(fixture_files(paths, []))
    if not is_large(files):
        return 0
    return -1 if STANDARD_INPUT in files else max(1, size_of(path for path in files if path.suffix != TOML) // BYTES_A_SECOND)


def is_large(files: Sequence[Path]) -> bool:
    """Return whether the lines of these files are too many to be held in memory; of standard input nobody knows."""
    lines = [path for path in files if path.suffix != TOML]
    return STANDARD_INPUT in lines or size_of(lines) > LARGE


def size_of(files: Iterable[Path]) -> int:
    """Return how many bytes of lines there are in these files, about."""
    return sum(path.stat().st_size * (PACKED if path.suffix == ".gz" else 1) for path in files if path != STANDARD_INPUT)
