"""Large loads go another way to the same rows, under the same rules. Here small files are taken for large ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from tests.loading.miniature import MINIATURE, Run, changed, load, number_of_rows, rows, written
from tests.loading.test_jsonlines import LINES, as_lines, broken, found
from tests.loading.test_ownership import CHANGED, edited
from tests.loading.test_reverting import VARIED, last, revert, state
from tracker.loading import routes
from tracker.loading.bulk import chunks, run, totals
from tracker.models import Citation, FieldLock, Load, Loaded, Mention, Source
from tracker.search import entries

pytestmark = pytest.mark.django_db

#: What differs between two loads whatever way they go.
_OF_THE_RUN = {"created", "changed", "revision", "history_date"}


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every file for a large one, three lines for as many as go together, and one passage for many."""
    monkeypatch.setattr(routes, "LARGE", 0)
    monkeypatch.setattr(chunks, "BATCH", 3)
    monkeypatch.setattr(run, "MANY_PASSAGES", 0)


def lines(folder: Path, text: str) -> Path:
    return written(folder, as_lines(text), "m.jsonl")


def test_every_record_and_every_version_is_written_as_a_small_load_writes_it(large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(lines(tmp_path, MINIATURE))
    bulk = contents()
    revert(last())
    monkeypatch.setattr(routes, "LARGE", 1 << 30)
    load(lines(tmp_path, MINIATURE))
    assert contents() == bulk
    assert entries.faults() == []


def contents() -> dict[str, list[str]]:
    """Return the rows of the newest edit and of all that stands, by their values alone: whatever has a number or a moment differs from load to load."""
    edit, told = Load.objects.order_by("-edit_id")[0].edit_id, {}
    for name, found_rows in rows().items():
        if name not in {"DataVersion", "Edit", "Load", "Loaded", "Replaced", "SearchWord", "SearchEntry"} and not (
            name.startswith("Historical") and "_" in name
        ):
            kept = [row for row in found_rows if row.get("edit_id", edit) == edit]
            told[name] = sorted(str({key: value for key, value in row.items() if not (key.endswith("id") or key in _OF_THE_RUN)}) for row in kept)
    return told


def test_both_ways_end_in_the_same_state(large: None, tmp_path: Path) -> None:
    load(lines(tmp_path, MINIATURE))
    assert load(written(tmp_path, MINIATURE)).out == "No change: 14 same.\n"
    load(lines(tmp_path, VARIED))
    assert load(written(tmp_path, VARIED)).out.startswith("No change")
    assert entries.faults() == []
    load(
        written(
            tmp_path,
            MINIATURE.replace('"Steel mill"', '"Mill of steel"').replace('slug = "steel-mill"\n', 'slug = "steel-mill"\nrenamed_from = "steel-works"\n'),
        )
    )
    assert entries.faults() == []


def test_the_same_lines_again_change_nothing(large: None, tmp_path: Path) -> None:
    path = lines(tmp_path, MINIATURE)
    assert load(path).out.endswith("14 new, 0 changed, 0 same.\n")
    before = rows()
    assert load(path).out == "No change: 14 same.\n"
    assert rows() == before
    written(tmp_path, LINES.replace(": ", ":"), "m.jsonl")
    assert load(path).out == "No change: 14 same.\n"
    assert rows() == before


def test_a_dry_run_writes_nothing(large: None, tmp_path: Path) -> None:
    run = load(lines(tmp_path, MINIATURE), dry_run=True)
    assert run.out.endswith("14 new, 0 changed, 0 same.\nDry run: nothing was written.\n")
    assert number_of_rows() == 0


def test_what_is_refused_in_a_small_load_is_refused_in_a_large_one(large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for case, text in broken().items():
        monkeypatch.setattr(routes, "LARGE", 1 << 30)
        small = load(lines(tmp_path, text), format="json")
        monkeypatch.setattr(routes, "LARGE", 0)
        bulk = load(lines(tmp_path, text), format="json")
        assert (small.code, bulk.code) == (1, 1), case
        assert {(one["path"], one["line"]) for one in bulk.json["problems"]} == {(one["path"], one["line"]) for one in small.json["problems"]}, case
        assert found(bulk) == found(small), case
        assert number_of_rows() == 0, case


def test_a_record_twice_is_told_wherever_the_two_stand(large: None, tmp_path: Path) -> None:
    mention = next(line for line in LINES.splitlines(keepends=True) if line.startswith('{"mention"'))
    path = written(tmp_path, mention + LINES + mention.replace("They agreed", "They all agreed") * 4, "m.jsonl")
    assert ":1" in load(path).err
    assert load(path).err.count("stands twice; it stands first at") >= 2
    assert number_of_rows() == 0
    load(written(tmp_path, LINES, "once.jsonl"))
    assert "the record on this line stands twice; it stands first at" in load(path).err
    again = load(written(tmp_path, LINES + mention.replace("They agreed", "They all agreed"), "m.jsonl"))
    assert ":15: mention steel-mill@como-2024-07-03: commitment: mention steel-mill@como-2024-07-03 stands twice; it stands first at " in again.err


def test_editors_locks_and_sides_hold_for_large_loads(large: None, tmp_path: Path) -> None:
    load(lines(tmp_path, MINIATURE))
    edited(Mention.objects.get(), summary="They only spoke of it.")
    before = rows()
    for text in (MINIATURE, CHANGED):
        run = load(lines(tmp_path, text))
        assert "summary: an editor changed the record since it was loaded: the site says “They only spoke of it.”, the file “They agreed" in run.err
        assert rows() == before
    assert "= mention steel-mill@como-2024-07-03: summary stays, and is locked now\n" in load(lines(tmp_path, CHANGED), side="ours").out
    assert FieldLock.objects.count() == 1
    FieldLock.objects.all().delete()
    assert load(lines(tmp_path, CHANGED), side="theirs").code == 0
    assert Mention.objects.get().summary == "They agreed on it."
    edited(Source.objects.get(slug="copy"), title="Another title")
    assert "title: an editor changed the record since it was loaded" in load(lines(tmp_path, CHANGED)).err


def test_large_loads_are_taken_back(large: None, tmp_path: Path) -> None:
    empty = state()
    load(lines(tmp_path, MINIATURE))
    first, before = last(), state()
    load(lines(tmp_path, VARIED))
    assert revert(last()).code == 0
    assert state() == before
    assert revert(first).code == 0
    assert state() == empty
    assert entries.faults() == []
    assert Loaded.objects.count() == 0


def test_a_line_that_was_not_read_again_still_answers_for_what_it_names(large: None, tmp_path: Path) -> None:
    load(lines(tmp_path, MINIATURE))
    text = LINES.replace('"slug": "release"', '"slug": "office-release", "renamed_from": "release"')
    err = load(written(tmp_path, text, "m.jsonl")).err
    assert "there is no source “release”; it was renamed to “office-release”" in err
    assert err.count("it was renamed to “office-release”") >= 4
    text = LINES.replace("They will build a steel mill.", "They will build something.")
    err = load(written(tmp_path, text, "m.jsonl")).err
    assert ":11: mention steel-mill@como-2024-07-03: phrase: “build a steel mill” does not stand in release at “2” any more" in err


def test_of_very_many_problems_the_first_are_told_and_the_others_counted(large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(totals, "MOST_TOLD", 5)
    line = '{"mention": {"commitment": "x", "meeting": "y", "act": "agreed", "citations": []}}\n'
    run: Run = load(written(tmp_path, line * 9, "m.jsonl"))
    assert run.code == 1
    assert "more" in run.err.splitlines()[-1]


def test_what_the_database_alone_refuses_is_told_of_its_record(large: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "checked", lambda *_: [])
    run = load(lines(tmp_path, changed('phrase = "build a steel mill"\n', "")))
    assert "mention steel-mill@como-2024-07-03, citation release: Give a paraphrase or a key phrase." in run.err
    assert number_of_rows() == 0


def test_the_history_of_a_large_load_is_that_of_a_small_one(large: None, tmp_path: Path) -> None:
    load(lines(tmp_path, MINIATURE))
    load(lines(tmp_path, CHANGED))
    versions: Any = Mention.history.order_by("history_id")
    assert [(one.history_type, one.shown, one.summary) for one in versions] == [
        ("+", "added", "They agreed to build it."),
        ("~", "corrected", "They agreed on it."),
    ]
    assert Citation.history.count() == 3
    assert [load.counts["new"] for load in Load.objects.order_by("edit_id")] == [14, 0]
    assert all(load.edit.public for load in Load.objects.all())


def test_pruning_withdraws_what_stands_on_no_line(large: None, tmp_path: Path) -> None:
    load(lines(tmp_path, MINIATURE))
    text = MINIATURE[: MINIATURE.index("[[deadline]]")] + MINIATURE[MINIATURE.index("[[redirect]]") :]
    run = load(lines(tmp_path, text), prune=True)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("- deadline steel-mill/by-2025\n    ~ state: “published” → “withdrawn”\n")
    assert load(lines(tmp_path, text), prune=True).out == "No change: 13 same.\n"
    text = MINIATURE[: MINIATURE.index('[[source]]\nslug = "release"')] + MINIATURE[MINIATURE.index("[[commitment]]") :]
    before = rows()
    err = load(lines(tmp_path, text), prune=True).err
    assert "the source “release” stands in no file, so --prune would withdraw it; add it to the files" in err
    assert rows() == before


@pytest.mark.parametrize("place", range(12))
def test_a_bad_record_at_any_place_is_told_by_its_line_and_nothing_is_written(large: None, tmp_path: Path, place: int) -> None:
    party = '{"party": {"slug": "p%d", "name": "P %d", "kind": "organization"}}\n'
    many = [party % (number, number) for number in range(12)]
    many[place] = many[place].replace("organization", "organisation")
    run = load(written(tmp_path, "".join(many), "m.jsonl"))
    told = "kind: “organisation” is not a known word; did you mean “organization”?"
    assert run.err == f"{tmp_path}/m.jsonl:{place + 1}: party p{place}: {told}\n1 problem. Nothing was written.\n"
    assert number_of_rows() == 0


# A full disk may end the whole transaction, and with it one that a test is wrapped in.
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_in_a_sentence_and_leaves_what_was_there(large: None, tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's disk is not ours to fill")
    load(lines(tmp_path, MINIATURE))
    before = rows()
    with connection.cursor() as cursor:
        # Pages that other tests have left free would take the rows.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 4}")
    try:
        party = '{"party": {"slug": "p%d", "name": "P %d", "kind": "organization"}}\n'
        with pytest.raises(CommandError, match=r"The database can't be used: database or disk is full. Nothing was written."):
            load(written(tmp_path, "".join(party % (number, number) for number in range(3000)), "m.jsonl"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert rows() == before


def test_progress_is_told_in_lines_and_silent_when_asked(large: None, tmp_path: Path) -> None:
    path = lines(tmp_path, MINIATURE)
    told = load(path, dry_run=True, verbosity=1).err.splitlines()
    assert told[-1] == "deadlines: 1 of 1"
    if connection.vendor == "sqlite":
        assert told[0] == "The database is SQLite: until the load is done, about 1 second, nobody else can save. Reading goes on."
    assert load(path, dry_run=True).err == ""
