"""Data packages as they are handed out: one packed file, its checksum, and a log of all that were made."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.exports.folder import ExportError

LOG, FOLDER = "releases.json", "package"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Release:
    """One package that was made: when, as of which day, from which version of the data and of the software, and what the packed file is."""

    made: datetime
    as_of: date
    software: str
    data_version: int
    file: str
    bytes: int
    sha256: str
    rows: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def releases(folder: Path) -> list[Release]:
    """Return all packages that were made, the newest first. Only the newest is still there to be had."""
    try:
        told = json.loads((folder / LOG).read_text("utf-8"))
    except FileNotFoundError:
        return []
    return [_release(one) for one in told]


def newest_file(folder: Path) -> tuple[Release, Path] | None:
    """Return the newest package with its packed file, or None where there is none."""
    for one in releases(folder)[:1]:
        if (path := folder / one.file).is_file():
            return one, path
    return None


def release(folder: Path, made: datetime, as_of: date, told: tuple[str, int], write: Callable[[Path], Mapping[str, int]]) -> Release:
    """Make a package with ``write``, pack it, and put it first in the log; ``told`` are the versions of software and data.

    The packed file stands there before the log names it, and the one before goes when the log no longer does: a reader finds one or the other, whole.
    """
    with _alone(folder):
        rows = write(folder / FOLDER)
        packed = folder / ".packed"
        checksum = _pack(folder / FOLDER, packed)
        name = f"reaffirmed-{as_of.isoformat()}-{checksum[:8]}.zip"
        one = Release(made, as_of, *told, name, packed.stat().st_size, checksum, rows)
        packed.replace(folder / name)
        earlier = releases(folder)
        _write_log(folder, [one, *earlier])
        for old in {before.file for before in earlier} - {name}:
            (folder / old).unlink(missing_ok=True)
    return one


def _pack(folder: Path, packed: Path) -> str:
    """Pack the files of ``folder``; return the checksum. The same files give the same bytes: no file says when it was written."""
    with ZipFile(packed, "w", ZIP_DEFLATED) as into:
        for path in sorted(folder.iterdir()):
            about = ZipInfo(path.name, date_time=(1980, 1, 1, 0, 0, 0))
            about.compress_type, about.external_attr = ZIP_DEFLATED, 0o644 << 16
            with path.open("rb") as file, into.open(about, "w", force_zip64=True) as entry:
                while piece := file.read(_PIECE):
                    entry.write(piece)
    with packed.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_log(folder: Path, known: list[Release]) -> None:
    told = [asdict(one) | {"made": one.made.isoformat(), "as_of": one.as_of.isoformat()} for one in known]
    beside = folder / f".{LOG}"
    with beside.open("w", encoding="utf-8") as file:
        file.write(json.dumps(told, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / LOG)


def _release(told: dict[str, object]) -> Release:
    values = {field.name: told[field.name] for field in fields(Release)}
    values |= {"made": datetime.fromisoformat(str(told["made"])), "as_of": date.fromisoformat(str(told["as_of"]))}
    return Release(**values)  # type: ignore[arg-type]  # as they were written


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against another package that is being made."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise ExportError(f"Another package is being made in {folder}: wait until it has ended.") from error
    finally:
        os.close(handle)
