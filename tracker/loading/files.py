"""Which files are fixture files: those named, those of the folders named, or standard input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from .problems import Problem, shown

TOML = ".toml"
LINES = (".jsonl", ".jsonl.gz")
ENDINGS = (TOML, *LINES)
STANDARD_INPUT = Path("-")
_ENDINGS = ", ".join(ENDINGS[:-1]) + f" or {ENDINGS[-1]}"


def fixture_files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield every fixture file under ``paths`` once, in the order given, a folder's in the order of their names; add what can't be taken to ``problems``."""
    seen: set[Path] = set()
    for given in paths:
        for path in _under(given, problems):
            if (real := path if path == STANDARD_INPUT else path.resolve()) not in seen:
                seen.add(real)
                yield path


def display(path: Path) -> str:
    """Return ``path`` as people see it: relative to the folder they are in, where it lies inside."""
    if path == STANDARD_INPUT:
        return "standard input"
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links and show another file
    return str(absolute.relative_to(Path.cwd())) if absolute.is_relative_to(Path.cwd()) else str(absolute)


def _under(given: Path, problems: list[Problem]) -> Iterator[Path]:
    if given == STANDARD_INPUT:
        yield given
    elif given.is_dir():
        found = list(_in_folder(given, problems))
        if not found:
            problems.append(Problem(display(given), 1, "", "", "no fixture file in this folder", f"fixture files end in {_ENDINGS}"))
        yield from found
    elif not given.exists():
        problems.append(Problem(display(given), 1, "", "", "there is no such file or folder", ""))
    elif not given.name.endswith(ENDINGS):
        problems.append(Problem(display(given), 1, "", "", f"not a fixture file: its name ends in {shown(given.suffix)}", f"fixture files end in {_ENDINGS}"))
    elif not given.is_file():
        problems.append(Problem(display(given), 1, "", "", "not an ordinary file", ""))
    else:
        yield given


def _in_folder(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(root) / name
            if name.startswith(".") or not (name.endswith(ENDINGS) or name in links):
                continue
            if not path.resolve().is_relative_to(folder.resolve()):
                problems.append(Problem(display(path), 1, "", "", "a link that leads outside the folder", "put the file itself here"))
            elif path.is_file():
                yield path
            elif name not in links:
                problems.append(Problem(display(path), 1, "", "", "not an ordinary file", ""))
