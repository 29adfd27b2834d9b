"""Making a backup and going back to one, on either engine."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from . import postgres, sqlite
from .archive import ArchiveError, Manifest, alone, checked, checksum, put_in_place
from .asked import Held
from .seals import seal

#: By so much the version of the data goes on beyond that of the backup: nobody may hold a page under a version that comes again with other data.
BEYOND = 1_000_000


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. ``aside`` is where the old database of SQLite is kept, ``unapplied`` how many migrations the backup does not have yet."""

    told: Manifest
    aside: Path | None
    unapplied: int


def back_up(folder: Path, now: datetime, software: str) -> tuple[Manifest, Path]:
    """Seal the history, write a backup into ``folder``, and return its manifest and place once it is known to be whole."""
    suffix = _suffix()
    with suppress(OperationalError):
        # Where others hold the lock for too long, what they do is sealed the next time: the backup must not fail for it.
        seal()
    with alone(folder):
        name = f"reaffirmed-{now:%Y%m%dT%H%M%SZ}{suffix}"
        if (folder / name).exists():
            raise ArchiveError(f"{folder / name} is there already.")
        partial = folder / f".{name}.partial"
        try:
            held = sqlite.write_copy(partial) if suffix == sqlite.SUFFIX else postgres.write_dump(partial)
            told = Manifest(
                name, now, connection.vendor, software, partial.stat().st_size, checksum(partial), held.rows, data_version=held.data_version, head=held.head
            )
            return told, put_in_place(partial, told)
        except OSError as error:
            raise ArchiveError(f"The backup can't be written: {error.strerror or error}.") from error
        finally:
            partial.unlink(missing_ok=True)


def restore(backup: Path, now: datetime, *, overwrite: bool) -> Restored:
    """Put the backup in the place of the database, whole or not at all. A database that holds rows is replaced only to ``overwrite`` it."""
    suffix = _suffix()
    told = checked(backup)
    if told.engine != connection.vendor:
        raise ArchiveError(f"{backup} is a backup of {told.engine}, and the settings name a database of {connection.vendor}. Use export_fixtures between them.")
    standing = _standing(overwrite=overwrite)
    version = max(told.data_version + BEYOND, (standing.data_version if standing else 0) + 1)
    aside = None
    if suffix == sqlite.SUFFIX:
        aside = sqlite.exchange(backup, told, _file(), now, version)
    else:
        postgres.restore(backup, version)
    executor = MigrationExecutor(connection)
    return Restored(told, aside, len(executor.migration_plan(executor.loader.graph.leaf_nodes())))


def _standing(*, overwrite: bool) -> Held | None:
    """Return what is going to be replaced; raise ``ArchiveError`` if that would be lost and nobody said that it may be."""
    try:
        standing = sqlite.standing(_file()) if connection.vendor == "sqlite" else postgres.standing()
    except ArchiveError as error:
        if overwrite:
            return None
        raise ArchiveError(f"{error} With --overwrite it is replaced.") from error
    if standing and not standing.is_empty and not overwrite:
        number = sum(standing.rows.values())
        raise ArchiveError(f"The database holds {number:,} rows, and they would be lost. Nothing was changed; with --overwrite they are replaced.")
    return standing


def _file() -> Path:
    name = str(connection.settings_dict["NAME"])
    if name == ":memory:" or name.startswith("file:"):
        raise ArchiveError("The settings name no file of SQLite that could be replaced.")
    return Path(name)


def _suffix() -> str:
    """Return how backups of this engine end."""
    endings = {"sqlite": sqlite.SUFFIX, "postgresql": postgres.SUFFIX}
    if connection.vendor not in endings:
        raise ArchiveError(f"There are no backups of {connection.vendor}.")
    return endings[connection.vendor]
