"""Exports of fixtures: what they hold, and that a load brings back the same bytes on either engine."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, models

from config.settings import BASE_DIR
from tests.canaries import Aviary, hidden_beside_public, hidden_on_public, public_on_hidden
from tests.exports.written import contents, empty_the_database, export
from tests.loading.miniature import MINIATURE, load, written
from tests.universe import SERIES, Universe
from tracker import models as tables
from tracker.exports import fixtures
from tracker.models.publication import PublishedRecord
from tracker.vocabulary import PublicationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def aviary(universe: Universe) -> Aviary:
    """Return the drawn world with everything in it that nobody may see, all of it drafts or on drafts."""
    kept = Aviary()
    hidden_on_public(kept)
    public_on_hidden(kept)
    hidden_beside_public(kept)
    for model in records_of_their_own():
        model._default_manager.filter(state=PublicationState.WITHDRAWN).update(state=PublicationState.DRAFT)
    return kept


def records_of_their_own() -> list[type[models.Model]]:
    return [each for each in vars(tables).values() if isinstance(each, type) and issubclass(each, PublishedRecord)]


def by_heading(folder: Path, ending: str) -> dict[str, list[Any]]:
    """Return the records of all files under ``folder``, by kind, in the order of the paths."""
    found: dict[str, list[Any]] = {}
    for path in sorted(folder.rglob(f"*.{ending}")):
        text = path.read_text("utf-8")
        documents = [tomllib.loads(text)] if ending == "toml" else [{kind: [one] for kind, one in json.loads(line).items()} for line in text.splitlines()]
        for document in documents:
            for kind, some in document.items():
                found.setdefault(kind, []).extend(some)
    return found


def test_a_load_of_what_was_exported_brings_back_the_same_bytes(universe: Universe, tmp_path: Path) -> None:
    universe.grow(3)
    tables.Meeting.objects.filter(slug="reed-24").update(state=PublicationState.WITHDRAWN, withdrawn_reason="It never took place.")
    export(tmp_path / "first", with_drafts=True)
    empty_the_database()
    assert load(tmp_path / "first").code == 0
    export(tmp_path / "second", with_drafts=True)
    assert contents(tmp_path / "second") == contents(tmp_path / "first")
    assert tables.Meeting.objects.get(slug="reed-24").withdrawn_reason == "It never took place."


#: Loads a folder into an empty SQLite database and exports it to another: in a process of its own, because settings name one engine.
ELSEWHERE = """
import sys
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_fixtures", sys.argv[1])
call_command("export_fixtures", sys.argv[2])
"""


def test_the_shipped_record_goes_through_another_database_and_comes_back_the_same(db: None, tmp_path: Path) -> None:
    """The other database is SQLite: where the tests run on PostgreSQL it is the other engine."""
    call_command("load_fixtures", stdout=StringIO())
    export(tmp_path / "here")
    there = {**os.environ, "DATABASE_URL": "sqlite://:memory:", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-c", ELSEWHERE, str(tmp_path / "here"), str(tmp_path / "there")]
    subprocess.run(command, cwd=BASE_DIR, env=there, check=True, capture_output=True, timeout=120)
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_an_export_loaded_over_its_own_database_changes_nothing(universe: Universe, tmp_path: Path) -> None:
    export(tmp_path / "out")
    assert load(tmp_path / "out").out.startswith("No change: ")


def test_json_lines_say_what_toml_says(universe: Universe, tmp_path: Path) -> None:
    export(tmp_path / "toml")
    export(tmp_path / "lines", format="jsonl")
    lines = by_heading(tmp_path / "lines", "jsonl")
    assert lines == by_heading(tmp_path / "toml", "toml")
    assert {"party", "participant", "series", "source", "commitment", "meeting", "mention", "milestone", "deadline", "redirect"} == lines.keys()
    first = (tmp_path / "lines" / "series" / SERIES / "mention.jsonl").read_bytes().split(b"\n")[0]
    assert first.startswith(b'{"mention": {"commitment": "energy", "meeting": "hillton-23", ')


def test_records_stand_sorted_in_the_file_of_their_kind_and_series(universe: Universe, tmp_path: Path) -> None:
    export(tmp_path / "out")
    mentions = tomllib.loads((tmp_path / "out" / "series" / SERIES / "mention.toml").read_text("utf-8"))["mention"]
    pairs = [(one["commitment"], one["meeting"]) for one in mentions]
    assert len(pairs) == 10
    assert pairs == sorted(pairs)
    assert [one["slug"] for one in tomllib.loads((tmp_path / "out" / "party.toml").read_text("utf-8"))["party"]] == ["league", "northmark", "southland"]


def test_a_record_is_written_as_people_write_it(db: None, tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    export(tmp_path / "out")
    assert (tmp_path / "out" / "series" / "north-south" / "mention.toml").read_text("utf-8") == (
        "[[mention]]\n"
        'commitment = "steel-mill"\n'
        'meeting = "como-2024-07-03"\n'
        'act = "agreed"\n'
        'summary = "They agreed to build it."\n'
        "\n"
        "[[mention.citations]]\n"
        'key = "release"\n'
        'source = "release"\n'
        'locator = "2"\n'
        'speaker = "ada-north"\n'
        'party = "north"\n'
        'phrase = "build a steel mill"\n'
        'reach = "voiced"\n'
        'act = "agreed"\n'
        'strength = "bound"\n'
        'terms = ["object", "place"]\n'
    )


def test_the_manifest_counts_and_sums_up_what_was_written(universe: Universe, tmp_path: Path) -> None:
    told = export(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    files = contents(tmp_path / "out")
    del files["manifest.json"]
    assert [(file["path"], file["bytes"], file["sha256"]) for file in manifest["files"]] == [
        (path, len(raw), hashlib.sha256(raw).hexdigest()) for path, raw in sorted(files.items())
    ]
    lines = "".join(f"{file['sha256']}  {file['path']}\n" for file in manifest["files"])
    assert manifest["sha256"] == hashlib.sha256(lines.encode()).hexdigest()
    assert manifest["records"] == {kind: len(some) for kind, some in sorted(by_heading(tmp_path / "out", "toml").items())}
    number = sum(manifest["records"].values())
    assert told.out == f"Wrote {number} records in {len(files)} files to {tmp_path / 'out'}.\nChecksum {manifest['sha256']}\n"
    assert told.err == ""


def test_a_full_file_is_continued_in_another(universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(tmp_path / "whole")
    monkeypatch.setattr(fixtures, "FULL", 1_000)
    export(tmp_path / "parts")
    parts = sorted(path.name for path in (tmp_path / "parts" / "series" / SERIES).glob("mention*"))
    assert parts == ["mention-2.toml", "mention-3.toml", "mention.toml"] or len(parts) > 3
    assert all(path.stat().st_size <= 1_000 or path.read_text("utf-8").count("\n[[m") <= 1 for path in (tmp_path / "parts").rglob("mention*.toml"))
    assert load(tmp_path / "parts").out.startswith("No change: ")


def test_drafts_stay_where_they_are_unless_they_are_asked_for(aviary: Aviary, tmp_path: Path) -> None:
    told = export(tmp_path / "out")
    text = b"".join(contents(tmp_path / "out").values()).decode()
    assert [place for canary, place in aviary.canaries.items() if canary in text] == []
    assert "draft" not in text.replace('"drafts": false', "")
    assert "Left out, because it is a draft or hangs on one: " in told.err
    for part in (
        "mention (",
        "meeting attendance (2)",
        "meeting: remit (1)",
        "mention citation: speaker (1)",
        "series: parties (1)",
        "source: derived_from (1)",
    ):
        assert part in told.err
    empty_the_database()
    assert load(tmp_path / "out").code == 0


def test_a_full_backup_leaves_nothing_out(aviary: Aviary, tmp_path: Path) -> None:
    export(tmp_path / "out", with_drafts=True)
    text = b"".join(contents(tmp_path / "out").values()).decode()
    assert sorted({place for canary, place in aviary.canaries.items() if canary not in text}) == []
    found = by_heading(tmp_path / "out", "toml")
    assert sum(len(some) for kind, some in found.items() if kind != "redirect") == sum(model._default_manager.count() for model in records_of_their_own())


def test_what_is_not_proven_without_a_draft_is_left_out_with_it(universe: Universe, tmp_path: Path) -> None:
    tables.Source.objects.filter(slug="herald-22").update(state=PublicationState.DRAFT)
    told = export(tmp_path / "out")
    assert "mention citation (1)" in told.err
    assert "mention (1)" in told.err
    assert b"night-train" not in (tmp_path / "out" / "series" / SERIES / "mention.toml").read_bytes()
    empty_the_database()
    assert load(tmp_path / "out").code == 0


def test_one_series_loads_by_itself(universe: Universe, tmp_path: Path) -> None:
    export(tmp_path / "out", series=[SERIES])
    found = by_heading(tmp_path / "out", "toml")
    assert {one["slug"] for one in found["series"]} == {SERIES, "league"}
    assert "summit-23" in {one["slug"] for one in found["meeting"]}
    assert len(found["mention"]) == 10
    assert found["redirect"] == [{"kind": "commitment", "old_slug": "water-pipe", "new_slug": "river-pipeline"}]
    empty_the_database()
    assert load(tmp_path / "out").code == 0
    export(tmp_path / "again", series=[SERIES])
    assert contents(tmp_path / "again") == contents(tmp_path / "out")


def test_a_series_brings_only_what_it_needs(universe: Universe, tmp_path: Path) -> None:
    export(tmp_path / "out", series=["league"])
    found = by_heading(tmp_path / "out", "toml")
    assert {one["slug"] for one in found["party"]} == {"northmark", "southland", "league"}
    assert [one["slug"] for one in found["meeting"]] == ["summit-23"]
    assert [one["slug"] for one in found["source"]] == ["wire-24"]
    assert found.keys() == {"party", "series", "source", "meeting"}
    empty_the_database()
    assert load(tmp_path / "out").code == 0


def test_an_unknown_series_is_told_with_what_was_meant(universe: Universe, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no series “northmark-southlan” to export: did you mean northmark-southland\?"):
        export(tmp_path / "out", series=["northmark-southlan"])
    assert not (tmp_path / "out").exists()


def test_what_a_load_would_refuse_is_told_and_exported_all_the_same(universe: Universe, tmp_path: Path) -> None:
    tables.Meeting.objects.filter(slug="reed-24").update(summary="Turned\u202earound")
    tables.Citation.objects.filter(mention__meeting__slug="studio-24").delete()
    told = export(tmp_path / "out")
    assert "A load would refuse meeting reed-24: summary: holds the invisible character U+202E; take it out.\n" in told.err
    assert "A load would refuse mention ferry-line@studio-24: citations: is missing; write [[…citations]].\n" in told.err
    run = load(tmp_path / "out")
    assert run.code == 1
    assert run.err.endswith("2 problems. Nothing was written.\n")


def test_a_record_that_no_file_can_hold_is_told(universe: Universe, tmp_path: Path) -> None:
    tables.Source.objects.filter(slug="north-21").update(text="line\n" * 1_100_000)
    assert "A load would refuse source north-21: it is larger than 5 MB.\n" in export(tmp_path / "out").err


def test_an_export_is_asked_for_in_as_many_queries_however_large_it_is(universe: Universe, tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(40):
        export(tmp_path / "small")
    universe.grow(20)
    with django_assert_max_num_queries(40):
        export(tmp_path / "large")


def test_a_database_that_does_not_answer_is_told_in_a_sentence(universe: Universe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export(tmp_path / "out")
    before = contents(tmp_path / "out")

    def broken(*_arguments: object, **_options: object) -> None:
        raise DatabaseError("the server\nwent away")

    monkeypatch.setattr("tracker.management.commands.export_fixtures.records", lambda _wanted: map(broken, [None]))
    with pytest.raises(CommandError, match=r"The database can't be read: the server went away\. Nothing was written\."):
        export(tmp_path / "out")
    assert contents(tmp_path / "out") == before
