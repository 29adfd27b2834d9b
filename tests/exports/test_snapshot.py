"""A snapshot holds what is public and nothing else, and takes the place of the one before in one step."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from tests.canaries import NOW, WITH_SLUGS, all_hidden, hidden_in_the_past, written_down
from tests.universe import Universe
from tracker import models as tables
from tracker.chronicle import begin
from tracker.exports.snapshot.publishing import current
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.publication import RecordQuerySet
from tracker.search import entries
from tracker.summaries import refresh
from tracker.vocabulary import PublicationState

# A copy is of what is committed.
pytestmark = pytest.mark.django_db(transaction=True)


def published(folder: Path) -> str:
    out = StringIO()
    call_command("publish_snapshot", str(folder), "--keep", "2", stdout=out)
    return out.getvalue()


def _merge_before_it_was_known(gone: tables.Source) -> None:
    """Note that a source went into another while it was a draft: its address never was one."""
    kept = tables.Source.objects.get(slug="north-24")
    names = {"kept_title": kept.title, "gone_title": gone.title, "kept_slug": kept.slug, "gone_slug": gone.slug, "reason": "The same.", "moves": {}}
    tables.Merge.objects.create(edit=begin(NOW), kind="source", kept=kept.pk, gone=gone.pk, **names)


@pytest.mark.skipif(connection.vendor == "postgresql", reason="a snapshot is a copy of an SQLite database")
def test_a_snapshot_holds_no_draft_no_account_and_all_that_is_public(universe: Universe, tmp_path: Path, editor: Client) -> None:
    aviary = all_hidden()
    hidden_in_the_past(aviary)
    written_down(aviary)
    refresh(tables.Commitment.objects.values_list("pk", flat=True))
    entries.rebuild()
    merged = tables.Source.objects.get(slug=aviary.addresses["Source", "withdrawn"])
    _merge_before_it_was_known(merged)
    said = published(tmp_path)
    file = tmp_path / "current.sqlite3"
    content = file.read_bytes()
    assert f"SHA-256 {hashlib.sha256(content).hexdigest()}" in said
    # The address of a withdrawn record tells why.
    withdrawn = {getattr(tables, kind).objects.get(state=PublicationState.WITHDRAWN, slug=aviary.addresses[kind, "withdrawn"]) for kind in WITH_SLUGS}
    withdrawn.remove(merged)
    allowed = {row.withdrawn_reason for row in withdrawn} | {row.slug for row in withdrawn}
    assert [place for canary, place in aviary.canaries.items() if canary not in allowed and canary.encode() in content] == []
    assert all(reason.encode() in content for reason in allowed)
    assert b"editor@example.org" not in content
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as raw:
        count: Callable[[str], Any] = lambda name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: E731
        for model in (*RECORDS, *CHILDREN):
            stripped = sum(type(row) is model for row in withdrawn)
            assert count(model._meta.db_table) - stripped == RecordQuerySet(model).published().count() > 0, model
        empty = ("auth_user", "auth_group", "django_session", "django_admin_log", "tracker_proposal", "tracker_readingdraft", "tracker_loaded")
        assert {name: count(name) for name in empty} == dict.fromkeys(empty, 0)
        assert {state for (state,) in raw.execute("SELECT DISTINCT state FROM tracker_historicalmeeting WHERE shown <> 'withdrawn'")} == {"published"}
        assert raw.execute("SELECT count(*) FROM tracker_searchentry_fts WHERE tracker_searchentry_fts MATCH 'salt'").fetchone()[0] > 0


@pytest.mark.skipif(connection.vendor == "postgresql", reason="a snapshot is a copy of an SQLite database")
def test_the_newest_takes_the_place_of_the_one_before(tmp_path: Path, client: Client, settings: Any) -> None:
    seen = []
    for slug in ("north", "south", "east"):
        tables.Party.objects.create(slug=slug, name=slug.title(), kind="state", state="published")
        published(tmp_path)
        about = current(tmp_path / "current.sqlite3")
        assert about is not None
        assert about.sha256 == hashlib.sha256((tmp_path / "current.sqlite3").read_bytes()).hexdigest()
        assert (tmp_path / about.file).with_suffix(".sha256").read_text() == f"{about.sha256}  {about.file}\n"
        seen.append((about.rows["party"], about.file))
    assert [rows for rows, _file in seen] == [1, 2, 3]
    assert {path.name for path in tmp_path.glob("snapshot-*.sqlite3")} == {file for _rows, file in seen[1:]}
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert current(tmp_path / "nothing.sqlite3") is None
    assert "SHA-256" not in client.get("/data/").content.decode()
    settings.SNAPSHOT = tmp_path / "current.sqlite3"
    assert hashlib.sha256(settings.SNAPSHOT.read_bytes()).hexdigest() in client.get("/data/").content.decode()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite can be copied")
def test_on_postgresql_there_is_no_snapshot_and_the_command_says_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="DATABASE_REPLICA_URL"):
        published(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_snapshot_whose_paper_is_torn_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"file": "a.sqlite3"}))
    assert current(tmp_path / "a.sqlite3") is None
