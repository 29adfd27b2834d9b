"""Reading at one moment: what is written meanwhile is not seen, and nobody waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from tracker.queries import moment
from tracker.queries.moment import one_moment


def two_connections(tmp_path: Path) -> tuple[Any, Any]:
    """Return two connections to one database. Tests on SQLite have theirs in memory, where two would wait for one another: these are to a file."""
    about = connections["default"].settings_dict
    if connection.vendor == "sqlite":
        about = {**about, "NAME": str(tmp_path / "file.sqlite3")}
    return ConnectionHandler({"default": about})["default"], ConnectionHandler({"default": about})["default"]


def asked(on: Any, sql: str) -> Any:
    with on.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone() if cursor.description else None


@pytest.mark.django_db(transaction=True)
def test_a_reader_sees_one_moment_while_another_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = two_connections(tmp_path)
    asked(writer, "CREATE TABLE passing (number integer)")
    try:
        if connection.vendor == "sqlite":
            monkeypatch.setattr(moment, "connection", reader)
        else:
            reader = connection
        with one_moment():
            assert asked(reader, "SELECT count(*) FROM passing") == (0,)
            asked(writer, "INSERT INTO passing VALUES (1)")
            assert asked(reader, "SELECT count(*) FROM passing") == (0,)
        assert asked(reader, "SELECT count(*) FROM passing") == (1,)
    finally:
        asked(writer, "DROP TABLE passing")
        writer.close()
        if reader is not connection:
            reader.close()


@pytest.mark.django_db
def test_within_a_transaction_its_own_rules_hold() -> None:
    with one_moment():
        assert asked(connection, "SELECT 1") == (1,)
    assert asked(connection, "SELECT 2") == (2,)
