"""A backup is whole or there is none, and what is restored from it is what was there."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from tests.edits import edited
from tests.universe import Universe
from tracker.models import DataVersion, Edit, Meeting
from tracker.upkeep.archive import newest_of_each, rotate

START = datetime(2026, 1, 1, 3, tzinfo=UTC)
Engine = Any


def run(name: str, *arguments: Any) -> str:
    said = StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=said, stderr=said)
    except SystemExit:
        pytest.fail(said.getvalue())
    return said.getvalue()


def exported(folder: Path) -> str:
    """Return the checksum of all records as they are exported."""
    return run("export_fixtures", folder, "--format", "jsonl", "--with-drafts").partition("Checksum ")[2].strip()


@pytest.fixture
def own_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Let the application work with a database of its own: a file of SQLite, or a second database of the server. It begins empty."""
    tests = connections["default"]
    own = str(tmp_path / "own.sqlite3") if tests.vendor == "sqlite" else f"{tests.settings_dict['NAME']}_own"
    settings = {**tests.settings_dict, "NAME": own}
    template = tests.settings_dict["NAME"]
    if tests.vendor == "sqlite":
        tests.cursor().execute("VACUUM INTO %s", [settings["NAME"]])
    else:
        tests.close()
        maintain(settings, f'CREATE DATABASE "{settings["NAME"]}" TEMPLATE "{template}"')
    connections["default"] = type(tests)(settings, "default")
    try:
        yield
    finally:
        connection.close()
        connections["default"] = tests
        if tests.vendor != "sqlite":
            maintain(settings, f'DROP DATABASE "{settings["NAME"]}"')


def maintain(settings: Any, statement: str) -> None:
    where = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "password": settings["PASSWORD"], "dbname": "postgres"}
    with psycopg.connect(**{name: value for name, value in where.items() if value}, autocommit=True) as server:
        server.execute(statement)  # names can't be parameters


def destroy() -> None:
    """Do to the database what must not happen to it."""
    if connection.vendor == "sqlite":
        connection.close()
        file = Path(str(connection.settings_dict["NAME"]))
        file.write_bytes(b"not a database any more" * 100)
        file.chmod(0o640)
    else:
        connection.cursor().execute("DROP TABLE tracker_citation CASCADE; DELETE FROM tracker_searchword")


def test_what_is_restored_is_what_was_backed_up(own_database: None, tmp_path: Path) -> None:
    world, backups = Universe(tmp_path), tmp_path / "backups"
    edited(Meeting.objects.get(slug="oakport-21"), summary="Talks at Öakport, “later”", reason="As its own paper has it.")
    before, version = exported(tmp_path / "before"), DataVersion.current()
    assert "sealed up to link 2" in run("backup", "--to", backups)
    (backup,) = (path for path in backups.iterdir() if path.suffix != ".json")
    told = json.loads((backups / f"{backup.name}.json").read_text("utf-8"))
    assert (told["rows"]["tracker_edit"], told["bytes"], backup.stat().st_mode & 0o777) == (Edit.objects.count(), backup.stat().st_size, 0o600)
    with pytest.raises(CommandError, match=r"holds [\d,]+ rows, and they would be lost"):
        run("restore", backup)
    world.grow(1)
    assert exported(tmp_path / "grown") != before
    destroy()
    assert "Its tables are those of this version." in run("restore", backup, "--overwrite")
    if connection.vendor == "sqlite":
        assert Path(str(connection.settings_dict["NAME"])).stat().st_mode & 0o777 == 0o640
    assert exported(tmp_path / "after") == before
    assert DataVersion.current() > version + 1
    assert "The record is whole." in run("doctor", "--against", backup)
    world.add('[[party]]\nslug = "east"\nname = "East"\nkind = "state"\n', "east")
    assert exported(tmp_path / "later") != before


def test_a_damaged_backup_is_refused_and_nothing_is_changed(own_database: None, tmp_path: Path) -> None:
    Universe(tmp_path)
    before = exported(tmp_path / "before")
    run("backup", "--to", tmp_path / "backups")
    (backup,) = (path for path in (tmp_path / "backups").iterdir() if path.suffix != ".json")
    raw = bytearray(backup.read_bytes())
    raw[len(raw) // 2] ^= 1
    backup.write_bytes(raw)
    with pytest.raises(CommandError, match="is damaged: its checksum is not the one of its manifest"):
        run("restore", backup, "--overwrite")
    (tmp_path / "backups" / f"{backup.name}.json").unlink()
    with pytest.raises(CommandError, match="without its manifest"):
        run("restore", backup, "--overwrite")
    assert exported(tmp_path / "after") == before


@pytest.mark.django_db
def test_a_backup_that_can_not_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("tracker.upkeep.backups.checksum", full)
    monkeypatch.setattr("tracker.upkeep.sqlite.write_copy", lambda path: path.touch())
    monkeypatch.setattr("tracker.upkeep.postgres.write_dump", lambda path: path.touch())
    with pytest.raises(CommandError, match="No space left"):
        run("backup", "--to", tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_of_nightly_backups_the_newest_of_each_of_the_last_days_weeks_and_months_are_kept() -> None:
    nights = [START + timedelta(days=day) for day in range(500)]
    kept = sorted(newest_of_each(nights))
    assert kept[-7:] == nights[-7:]
    assert {max(night for night in nights if night.strftime("%G %V") == week) for week in sorted({night.strftime("%G %V") for night in nights})[-4:]} <= set(
        kept
    )
    assert len(kept) <= 7 + 4 + 12
    assert len({night.strftime("%Y-%m") for night in kept}) == 12
    assert newest_of_each([*nights, nights[-1] + timedelta(hours=5)]) >= {nights[-1] + timedelta(hours=5)}
    # Night after night comes to the same as all at once.
    standing: set[datetime] = set()
    for night in nights:
        standing = newest_of_each({*standing, night})
    assert sorted(standing) == kept


def test_what_is_no_backup_is_never_taken_away(tmp_path: Path) -> None:
    (tmp_path / "releases.json").write_text("[]")
    (tmp_path / "notes.json").write_text('{"file": "../precious", "made": "2001-01-01"}')
    (tmp_path / "precious.sqlite3").write_text("mine")
    assert rotate(tmp_path) == []
    assert len(list(tmp_path.iterdir())) == 3
