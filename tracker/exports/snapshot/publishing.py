"""Writing a snapshot and putting it in the place of the one before, so that who reads sees the one or the other, whole."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection, connections
from django.db.utils import load_backend

from tracker.exports.folder import to_disk
from tracker.models import DataVersion

from .sparing import RULED, spare_public

#: The name under which nodes find the newest.
CURRENT = "current.sqlite3"
_ALIAS = "snapshot"


class SnapshotError(Exception):
    """A snapshot that can't be made; the text says why."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a snapshot is: its file, its checksum, when and from what it was made, and how many rows of each kind it holds."""

    file: str
    sha256: str
    size: int
    made: datetime
    software: str
    data_version: int
    rows: dict[str, int]


def publish(folder: Path, now: datetime, software: str, keep: int) -> Snapshot:
    """Write a snapshot into ``folder``, make it the current one, and delete all but the ``keep`` newest."""
    if connection.vendor != "sqlite":
        raise SnapshotError("a snapshot is a copy of an SQLite database, and this one is PostgreSQL: give nodes for readers a replica (DATABASE_REPLICA_URL)")
    folder.mkdir(parents=True, exist_ok=True)
    working, whole = folder / ".working.sqlite3", folder / ".whole.sqlite3"
    try:
        for path in (working, whole):
            path.unlink(missing_ok=True)
        _copy(working)
        with _opened(working) as alias:
            spare_public(alias)
            rows = {str(model._meta.model_name): model._default_manager.using(alias).count() for model in RULED}
            version = DataVersion.objects.using(alias).values_list("number", flat=True).first() or 0
        _pack(working, whole)
        sha256 = _sha256(whole)
        about = Snapshot(f"snapshot-{sha256[:16]}.sqlite3", sha256, whole.stat().st_size, now.replace(microsecond=0), software, version, rows)
        _put_in_place(folder, whole, about)
    finally:
        for path in (working, whole):
            path.unlink(missing_ok=True)
    _delete_old(folder, keep, about.file)
    return about


def current(database: Path) -> Snapshot | None:
    """Return what is told of the snapshot that the file ``database`` is or leads to, or None where it is none."""
    try:
        told = json.loads(_told(database.resolve()).read_text("utf-8"))
        return Snapshot(**told | {"made": datetime.fromisoformat(told["made"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _told(path: Path) -> Path:
    return path.with_suffix(".json")


def _copy(target: Path) -> None:
    """Copy the database as it stands at one moment: others go on writing meanwhile, and none of that is in it."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])


@contextmanager
def _opened(path: Path) -> Iterator[str]:
    """Open the copy as a database beside the others. Rows that lead nowhere and texts that are gone are no errors until it is packed."""
    free = "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
    beside = load_backend(connection.settings_dict["ENGINE"]).DatabaseWrapper(
        connection.settings_dict | {"NAME": str(path), "OPTIONS": {"init_command": free}}, _ALIAS
    )
    connections[_ALIAS] = beside
    try:
        yield _ALIAS
    finally:
        beside.close()
        del connections[_ALIAS]


def _pack(working: Path, whole: Path) -> None:
    """Write what is left into a new file, so that nothing of what was deleted is still in it, and see that it is sound."""
    with closing(sqlite3.connect(working, isolation_level=None)) as raw:
        raw.execute("INSERT INTO tracker_searchentry_fts(tracker_searchentry_fts) VALUES ('rebuild')")
        raw.execute("ANALYZE")
        raw.execute("VACUUM INTO ?", [str(whole)])
    with closing(sqlite3.connect(whole)) as raw:
        # What is left of a withdrawn record says too little for the rules that hold for records.
        raw.execute("PRAGMA ignore_check_constraints=ON")
        faults = [*raw.execute("PRAGMA integrity_check(3)"), *raw.execute("PRAGMA foreign_key_check").fetchmany(3)]
    if faults != [("ok",)]:
        raise SnapshotError(f"it would not be sound: {faults}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(folder: Path, whole: Path, about: Snapshot) -> None:
    """Bring the file under its name and on the disk, then let ``current`` lead to it: one step, before which all is as it was."""
    target = folder / about.file
    to_disk(whole)
    whole.chmod(0o444)
    whole.replace(target)
    _replaced(_told(target), lambda path: path.write_text(json.dumps(asdict(about), indent=1, default=datetime.isoformat) + "\n", "utf-8"))
    _replaced(target.with_suffix(".sha256"), lambda path: path.write_text(f"{about.sha256}  {about.file}\n", "ascii"))
    _replaced(folder / CURRENT, lambda path: path.symlink_to(about.file))
    to_disk(folder)


def _replaced(path: Path, write: Callable[[Path], object]) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    write(beside)
    beside.replace(path)


def _delete_old(folder: Path, keep: int, newest: str) -> None:
    """Delete what is older than the ``keep`` newest. A node that has one open goes on reading it."""
    found = sorted(folder.glob("snapshot-*.sqlite3"), key=lambda path: (path.name == newest, path.stat().st_mtime), reverse=True)
    for path in found[keep:]:
        for each in (path, _told(path), path.with_suffix(".sha256")):
            each.unlink(missing_ok=True)
