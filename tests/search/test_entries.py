"""The entries follow the records; where they do not, the check says so and a rebuild mends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.universe import Universe, mention, table, world
from tracker.models import Citation, Commitment, SearchEntry, SearchWord
from tracker.search import engines, entries
from tracker.search.finding import search


def found(typed: str) -> list[str]:
    return [f"{hit.kind} {hit.slug}" for hit in search(typed).hits]


def test_a_load_keeps_the_entries(universe: Universe) -> None:
    assert entries.faults() == []
    universe.grow(3)
    assert entries.faults() == []
    universe.add(mention("salt-mill", "salt-room-25", "joint-25", act="agreed", both_sides=True, paraphrase="an altogether other wording"), "changed")
    assert found("altogether other") == ["passage salt-mill"]
    assert entries.faults() == []


def test_a_name_that_is_taken_away_finds_nothing_any_more(universe: Universe) -> None:
    assert found('"blue water line"') == ["commitment river-pipeline"]
    universe.add(world().replace("Blue Water Line", "Green Water Line"), "world")
    assert found('"blue water line"') == []
    assert found('"green water line"') == ["commitment river-pipeline"]
    assert entries.faults() == []


def test_passages_move_with_their_meeting(universe: Universe) -> None:
    before = SearchEntry.objects.get(citation__phrase="a line for both shores").place
    universe.add(world().replace('starts = "2021-05-10"', 'starts = "2021-05-09"'), "world")
    assert SearchEntry.objects.get(citation__phrase="a line for both shores").place > before
    assert entries.faults() == []


def test_what_is_deleted_is_forgotten(universe: Universe) -> None:
    Citation.objects.filter(phrase="a line for both shores").delete()
    assert found('"both shores"') == []
    assert entries.faults() == []


@pytest.mark.parametrize("name", ["Steep mill", "Соляная мельница"])
def test_a_record_saved_without_its_entry_is_told_and_mended(universe: Universe, name: str) -> None:
    row = Commitment.objects.get(slug="salt-mill")
    row.name = name
    row.save()
    assert found(f'"{name}"') == []
    assert len(entries.faults()) == 2
    with pytest.raises(CommandError, match="does not find what the records say"):
        call_command("rebuild_search", check=True)
    entries.follow([row])
    assert found(f'"{name}"') == ["commitment salt-mill"]
    call_command("rebuild_search", check=True, verbosity=0)


def damage() -> list[str]:
    """Return for each engine what can happen to its index behind the application's back."""
    if connection.vendor == "postgresql":
        return ["DROP INDEX name_by_lexeme", f"ALTER TABLE {engines.ENTRIES} DROP COLUMN lexemes"]
    trigger = next(iter(engines.TRIGGERS))
    return [f"DROP TRIGGER {trigger}", f"DROP TABLE {engines.FTS}", f"INSERT INTO {engines.FTS}({engines.FTS}) VALUES ('delete-all')"]


def test_a_damaged_index_is_told_and_mended(universe: Universe) -> None:
    for harm in damage():
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute(harm)
        assert len(entries.faults()) == 1, harm
        call_command("rebuild_search", verbosity=0)
        assert entries.faults() == []
        assert "commitment river-pipeline" in found("river")


def test_lost_words_are_told_and_mended(universe: Universe) -> None:
    SearchWord.objects.all().delete()
    assert entries.faults()
    call_command("rebuild_search", verbosity=0)
    assert entries.faults() == []


def test_a_rebuild_changes_nothing_that_is_right(universe: Universe) -> None:
    before = list(SearchEntry.objects.order_by("place").values_list())
    call_command("rebuild_search", verbosity=0)
    assert list(SearchEntry.objects.order_by("place").values_list()) == before


def test_the_migration_fills_the_entries_of_what_is_there(universe: Universe) -> None:
    """The frozen copy in the migration against the code in use."""
    universe.add(table("source", slug="undated", title="新能源", publisher="Nobody", kind="blog"), "undated")
    before = list(SearchEntry.objects.order_by("place").values_list())
    words = sorted(SearchWord.objects.values_list("entry", "word", "letters"))
    SearchWord.objects.all().delete()
    SearchEntry.objects.all().delete()
    state = MigrationExecutor(connection).loader.project_state([("tracker", "0004_search_entries")])
    fill: Any = __import__("tracker.migrations.0004_search_entries", fromlist=["fill"]).fill
    fill(state.apps, None)
    assert list(SearchEntry.objects.order_by("place").values_list()) == before
    assert sorted(SearchWord.objects.values_list("entry", "word", "letters")) == words
