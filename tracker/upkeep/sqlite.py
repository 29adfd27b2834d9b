"""Backups of an SQLite database: copies that SQLite writes itself while others go on writing, and the exchange of a database for one.

The file is never copied as it stands: of forty such copies under write load twenty-seven were broken.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, connection

from .archive import ArchiveError, Manifest, checksum, to_disk
from .asked import Held, ask_here, held

SUFFIX = ".sqlite3"
#: What SQLite keeps beside a database that is in use.
_BESIDE = ("-wal", "-shm", "-journal")


def write_copy(path: Path) -> Held:
    """Write the database as it stands at this moment to ``path``, and return what the copy holds once it is known to be whole."""
    size = ask_here("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")[0][0]
    if (free := shutil.disk_usage(path.parent).free) < size * 1.1:
        raise ArchiveError(f"{path.parent} has {free >> 20} MB left, and the backup needs up to {size >> 20} MB. Nothing was written.")
    # It holds drafts and the checksums of passwords: nobody else may read it, not even while it is written.
    path.touch(mode=0o600)
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
    except DatabaseError as error:
        raise ArchiveError(f"The copy can't be written: {error}.") from error
    return read_whole(path)


def read_whole(path: Path) -> Held:
    """Return what the file holds; raise ``ArchiveError`` if SQLite finds anything wrong with it."""
    try:
        with closing(_opened(path)) as copy:
            wrong = [told for (told,) in copy.execute("PRAGMA integrity_check") if told != "ok"]
            wrong += [f"{table} row {row} leads to {target}, which is not there" for table, row, target, _key in copy.execute("PRAGMA foreign_key_check")]
            if wrong:
                raise ArchiveError(f"The database is damaged: {'; '.join(wrong[:3])}. “manage.py doctor” says more.")
            return held(lambda statement: copy.execute(statement).fetchall())
    except sqlite3.Error as error:
        raise ArchiveError(f"{path} can't be read by SQLite: {error}.") from error


def standing(database: Path) -> Held | None:
    """Return what the database holds that is to be replaced; None if there is none, or one without our tables. A damaged one raises ``ArchiveError``."""
    if not database.exists() or database.stat().st_size == 0:
        return None
    try:
        with closing(_opened(database)) as there:
            if not there.execute("SELECT 1 FROM sqlite_master WHERE name = 'tracker_dataversion'").fetchone():
                return None
            return held(lambda statement: there.execute(statement).fetchall())
    except sqlite3.Error as error:
        raise ArchiveError(f"What stands in {database} can't be read ({error}).") from error


def exchange(backup: Path, told: Manifest, database: Path, now: datetime, data_version: int) -> Path | None:
    """Put the backup in the place of the database at one stroke; return where the old one stands now, if there was one."""
    connection.close()
    partial = database.with_name(f".{database.name}.restored")
    try:
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        shutil.copyfile(backup, partial)
        if checksum(partial) != told.sha256:
            raise ArchiveError(f"{backup} is damaged: its checksum is not the one of its manifest. Nothing was changed; take another backup.")
        with closing(sqlite3.connect(partial)) as copy, copy:
            copy.execute("DELETE FROM tracker_dataversion")
            copy.execute("INSERT INTO tracker_dataversion (id, number) VALUES (1, ?)", [data_version])
        _give_like(partial, database)
        to_disk(partial)
        with _in_nobodys_use(database):
            aside = _set_aside(database, f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}")
            partial.replace(database)
        to_disk(database.parent)
    except OSError as error:
        raise ArchiveError(f"The backup can't be put in place: {error.strerror or error}. What stood in {database} stands there unchanged.") from error
    finally:
        partial.unlink(missing_ok=True)
    return aside


def _give_like(file: Path, model: Path) -> None:
    """Let the same people read and write the file as the one whose place it takes: who restores may be root, and who serves is not."""
    if model.exists():
        about = model.stat()
        file.chmod(about.st_mode & 0o777)
        with suppress(PermissionError):
            os.chown(file, about.st_uid, about.st_gid)


@contextmanager
def _in_nobodys_use(database: Path) -> Iterator[None]:
    """Hold the database so that nobody writes what would be lost. A change of the journal needs it alone, and takes the write-ahead log in."""
    if not database.exists():
        yield
        return
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as old:
        try:
            old.execute("PRAGMA journal_mode=DELETE").fetchone()
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{database} is in use ({error}): stop the service first. Nothing was changed.") from error
        except sqlite3.DatabaseError:
            # Not a database any more: there is nothing to hold.
            pass
        yield


def _set_aside(database: Path, name: str) -> Path | None:
    """Keep the old database under another name, with what is beside it; until the new one takes its place it stands under both."""
    if not database.exists():
        return None
    aside = database.with_name(name)
    os.link(database, aside)
    for ending in _BESIDE:
        beside = Path(f"{database}{ending}")
        # The journal of the exclusive hold is empty, and its own.
        if beside.exists() and ending != "-journal":
            beside.rename(f"{aside}{ending}")
    return aside


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
