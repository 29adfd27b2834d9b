"""Taking loads back: the state before, to the byte, with the history of both; and never over what came later."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.loading.miniature import MINIATURE, Run, changed, load, rows, written
from tests.loading.test_ownership import edited
from tracker.models import FieldLock, Load, Mention, Source
from tracker.search import entries

pytestmark = pytest.mark.django_db

HISTORY = {"DataVersion", "Edit", "Load", "Replaced", "SearchWord"}


def state() -> dict[str, list[Any]]:
    """Return all rows but the history, without their days and the numbers of rows that stand between others."""
    dropped = {"created", "changed", "revision"}
    kept = {name: found for name, found in rows().items() if not (name.startswith("Historical") or name in HISTORY)}
    told = {}
    for name, found in kept.items():
        between = "_" in name
        told[name] = sorted(str({key: value for key, value in row.items() if key not in dropped and not (between and key == "id")}) for row in found)
    return told


def revert(run: str, **options: Any) -> Run:
    out = StringIO()
    try:
        call_command("revert_load", run, stdout=out, **options)
    except CommandError as error:
        return Run(1, out.getvalue(), str(error))
    return Run(0, out.getvalue(), "")


def last() -> str:
    return Load.objects.order_by("-edit_id")[0].edit.key


VARIED = (
    MINIATURE.replace('"NN"', '"XX"')
    .replace('"SS"', '"NN"')
    .replace('"XX"', '"SS"')
    .replace("They will build a steel mill.", "They will build a steel mill. Soon.")
    .replace('[[meeting.attendances]]\nkey = "south"\nparty = "south"\n', "")
    .replace('key = "ada"', 'key = "chancellor"')
    .replace('parties = ["north", "south"]\ncriteria', 'parties = ["north"]\ncriteria')
    .replace('level = "ministers"\nstarts', 'remit = ["steel-mill"]\nlevel = "leaders"\nstarts')
    .replace('"steel-mill"', '"steel-works"')
    .replace('slug = "steel-works"\nname = "Steel mill"', 'slug = "steel-works"\nrenamed_from = "steel-mill"\nname = "Steel works"')
    .replace('summary = "They agreed to build it."', 'summary = "They agreed on it."\nstate = "draft"')
    + '\n[[party]]\nslug = "east"\nname = "Eastland"\nkind = "organization"\n'
    + '\n[[participant]]\nslug = "eve"\nname = "Eve"\nhome_party = "east"\n\n[[participant.names]]\nkey = "ru"\nname = "Ева"\nlanguage = "ru"\n'
)


def test_a_first_load_taken_back_leaves_nothing_but_its_history(tmp_path: Path) -> None:
    before = state()
    load(written(tmp_path, MINIATURE))
    run = revert(last())
    assert (run.code, run.err) == (0, "")
    assert run.out == "22 rows removed, 0 brought back, 0 changed back.\n"
    assert state() == before
    assert entries.faults() == []


def test_a_load_that_did_everything_at_once_is_taken_back(tmp_path: Path) -> None:
    path = written(tmp_path, MINIATURE)
    load(path)
    before = state()
    text = Source.objects.get(slug="release").text
    run = load(written(tmp_path, VARIED))
    assert (run.code, run.err) == (0, "")
    assert state() != before
    run = revert(last())
    assert (run.code, run.err) == (0, "")
    assert state() == before
    assert Source.objects.get(slug="release").text == text
    assert entries.faults() == []
    assert load(written(tmp_path, MINIATURE)).out == "No change: 14 same.\n"


def test_the_taking_back_can_be_taken_back(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    first = last()
    load(written(tmp_path, VARIED))
    varied, second = state(), last()
    revert(second)
    assert "it has been taken back already" in revert(second).err
    assert revert(last()).code == 0
    assert state() == varied
    assert "records were changed since" in revert(first).err
    assert revert(second).code == 0
    assert revert(first).code == 0


def test_nothing_is_taken_back_over_an_editors_change(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    edited(Mention.objects.get(), summary="They only spoke of it.")
    before = rows()
    run = revert(last())
    assert run.code == 1
    assert "mention steel-mill/como-2024-07-03" in run.err.replace("@", "/")
    assert rows() == before


def test_nothing_is_taken_from_under_what_was_added_later(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    first = last()
    load(written(tmp_path, '[[participant]]\nslug = "bo"\nname = "Bo"\nhome_party = "south"\n', "more.toml"))
    run = revert(first)
    assert "records were added since that refer to what it added" in run.err
    assert "participant bo" in run.err


def test_an_editors_values_come_back_and_are_the_editors(tmp_path: Path) -> None:
    path = written(tmp_path, MINIATURE)
    load(path)
    edited(Mention.objects.get(), summary="They only spoke of it.")
    load(path, side="theirs")
    revert(last())
    assert Mention.objects.get().summary == "They only spoke of it."
    assert "the site says “They only spoke of it.”" in load(path).err


def test_locks_that_a_load_set_go_with_it(tmp_path: Path) -> None:
    path = written(tmp_path, MINIATURE)
    load(path)
    edited(Mention.objects.get(), summary="They only spoke of it.")
    load(path, side="ours")
    assert FieldLock.objects.count() == 1
    revert(last())
    assert FieldLock.objects.count() == 0
    assert load(path).code == 1


def test_a_dry_run_says_what_would_happen(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    before = rows()
    assert revert(last(), dry_run=True).out.endswith("Dry run: nothing was written.\n")
    assert rows() == before


def test_loads_are_listed_and_a_wrong_key_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, MINIATURE)
    load(path, reason="The first.")
    load(written(tmp_path, changed('name = "Steel mill"', 'name = "Mill"')))
    revert(last())
    lines = load(command="loads").out.splitlines()
    assert [len(line.split("  ")[0]) for line in lines] == [12, 12, 12]
    assert "1 changed, 13 same" in lines[1]
    assert "(taken back by " in lines[1]
    assert lines[2].endswith("14 new  " + str(path) + "  The first.")
    assert "There is no load nothing" in revert("nothing").err
