"""Backups of a PostgreSQL database: dumps by its own programs, of the same moment as what the manifest says of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from tracker.models import DataVersion
from tracker.models.data_version import ONLY
from tracker.queries.moment import one_moment

from .archive import ArchiveError
from .asked import Held, ask_here, held, tables

SUFFIX = ".dump"
#: A restore that has to wait longer for somebody's lock gives up, and nothing has changed.
_WAIT = {"PGOPTIONS": "-c lock_timeout=10s"}
_IN_DUMP = re.compile(r"^\d+; \d+ \d+ TABLE DATA (\S+) (\S+)(?:\s|$)", re.MULTILINE)


def write_dump(path: Path) -> Held:
    """Write the database as it stands at this moment to ``path``, and return what it holds once all tables are known to be in the dump."""
    path.touch(mode=0o600)
    with one_moment():
        ((snapshot,),) = ask_here("SELECT pg_export_snapshot()")
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}")
        told = held(ask_here)
    if missing := set(tables()) - tables_in(path):
        raise ArchiveError(f"The dump holds no {', '.join(sorted(missing))}. It was taken away again.")
    return told


def tables_in(path: Path) -> set[str]:
    """Return the tables whose rows are in a dump."""
    return {name for _schema, name in _IN_DUMP.findall(_run("pg_restore", "--list", str(path), connected=False))}


def standing() -> Held | None:
    """Return what the database holds that is to be replaced, or None if it has none of our tables."""
    return held(ask_here) if set(tables()) <= set(connection.introspection.table_names()) else None


def restore(path: Path, data_version: int) -> None:
    """Put what the dump holds in the place of what the database holds, all of it or nothing."""
    with connection.cursor() as cursor:
        unknown = {table.name for table in connection.introspection.get_table_list(cursor) if table.type in "tp"} - tables_in(path)
    if unknown:
        told = ", ".join(sorted(unknown))
        raise ArchiveError(f"The database has tables that the backup does not know: {told}. Restore into an empty database. Nothing was changed.")
    # Programs of the database wait for each other's locks, and for ours.
    connection.close()
    _run("pg_restore", "--single-transaction", "--exit-on-error", "--clean", "--if-exists", "--no-owner", "--no-privileges", str(path))
    DataVersion.objects.update_or_create(pk=ONLY, defaults={"number": data_version})


def _run(program: str, *arguments: str, connected: bool = True) -> str:
    """Run a program of PostgreSQL, ``connected`` on the database of the settings; return what it prints."""
    place, told = _connection() if connected else ([], {})
    try:
        done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with what the settings say
            [_found(program), *place, *arguments], env={**os.environ, **_WAIT, **told}, capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise ArchiveError(f"{program} can't be run: {error.strerror}.") from error
    if done.returncode:
        raise ArchiveError(f"{program}: {' '.join(done.stderr.split()) or done.returncode}")
    return done.stdout


def _connection() -> tuple[list[str], dict[str, str]]:
    """Return how the programs are told where the database is: as arguments, and in the environment, which nobody else can read, the password."""
    settings = connection.settings_dict
    (_client, *place), told = DatabaseClient.settings_to_cmd_args_env(settings, [])
    if settings.get("NAME"):
        place[-1:] = ["--dbname", place[-1]]
    target = settings["OPTIONS"].get("target_session_attrs")
    return place, (told or {}) | ({"PGTARGETSESSIONATTRS": str(target)} if target else {})


def _found(program: str) -> str:
    """Return the newest of the installed programs: an older one refuses a newer server."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parent.parent.name.partition(".")[0]))
    found = str(installed[-1]) if installed else shutil.which(program)
    if not found:
        raise ArchiveError(f"{program} is not installed (Debian: apt-get install postgresql-client).")
    return found
