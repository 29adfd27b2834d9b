"""Backups as they are kept: one file and its manifest for each, and which of them are kept how long."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from .seals import Head

#: For how many days, weeks and months with a backup the newest of each is kept.
KEPT = {"%Y-%m-%d": 7, "%G week %V": 4, "%Y-%m": 12}
_PIECE = 1 << 20


class ArchiveError(Exception):
    """A backup can't be made or used. The message is a sentence for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands beside a backup: what the file is, how much it holds, and where the chain of the history ended."""

    file: str
    made: datetime
    engine: str
    software: str
    bytes: int
    sha256: str
    rows: Mapping[str, int]
    data_version: int
    head: Head

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def manifest_of(path: Path) -> Path:
    """Return where the manifest of a backup stands."""
    return path.with_name(f"{path.name}.json")


def read_manifest(path: Path) -> Manifest:
    """Return the manifest at ``path`` or, if that is a backup, beside it."""
    place = path if path.suffix == ".json" else manifest_of(path)
    try:
        told: dict[str, Any] = json.loads(place.read_text("utf-8"))
        values = {field.name: told[field.name] for field in fields(Manifest)}
        return Manifest(**values | {"made": datetime.fromisoformat(told["made"]), "head": Head(**told["head"])})
    except FileNotFoundError:
        raise ArchiveError(f"{place} is not there: without its manifest nobody knows whether a backup is whole.") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ArchiveError(f"{place} can't be read as the manifest of a backup: {error}.") from error


def checked(path: Path) -> Manifest:
    """Return the manifest of the backup at ``path`` once the file is known to be the one it tells of."""
    told = read_manifest(path)
    try:
        size = path.stat().st_size
        if size != told.bytes or checksum(path) != told.sha256:
            raise ArchiveError(f"{path} is damaged: its checksum is not the one of its manifest. Nothing was changed; take another backup.")
    except OSError as error:
        raise ArchiveError(f"{path} can't be read: {error.strerror}.") from error
    return told


def checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the folder, which is made for its owner only, against another backup at the same time."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise ArchiveError(f"{folder} can't be used: {error.strerror}.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(".*.partial*"):
            left.unlink()
        yield
        os.fsync(handle)
    except BlockingIOError as error:
        raise ArchiveError(f"Another backup is being made in {folder}: wait until it has ended.") from error
    finally:
        os.close(handle)


def put_in_place(partial: Path, told: Manifest) -> Path:
    """Bring a checked backup to its name, its manifest first: whoever finds the backup finds what tells whether it is whole."""
    path = partial.with_name(told.file)
    beside = partial.with_name(f".{told.file}.json.partial")
    beside.write_text(json.dumps(asdict(told) | {"made": told.made.isoformat()}, indent=1) + "\n", encoding="utf-8")
    for one in (partial, beside):
        to_disk(one)
    beside.replace(manifest_of(path))
    partial.replace(path)
    return path


def to_disk(path: Path) -> None:
    """Return when the file or folder has reached the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def newest_of_each(made: Iterable[datetime]) -> set[datetime]:
    """Return which backups are kept: the newest of each of the last days, weeks and months that have any."""
    newest_first = sorted(made, reverse=True)
    kept: set[datetime] = set()
    for period, number in KEPT.items():
        first: dict[str, datetime] = {}
        for moment in newest_first:
            first.setdefault(moment.strftime(period), moment)
        kept.update(list(first.values())[:number])
    return kept


def rotate(folder: Path) -> list[str]:
    """Take away the backups that are no longer kept; return their names. What has no manifest is not ours and stays."""
    there = {}
    for place in folder.glob("*.json"):
        try:
            told = read_manifest(place)
        except ArchiveError:
            continue
        there[told.file] = told.made
    kept = newest_of_each(there.values())
    gone = sorted(name for name, made in there.items() if made not in kept and Path(name).name == name)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
        manifest_of(folder / name).unlink()
    return gone
