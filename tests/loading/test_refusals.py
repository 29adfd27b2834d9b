"""Broken fixtures: each is refused with its file, its line and a sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.loading.broken import ADDITIONS, AREA, CHANGES, ELSEWHERE, PERSON, ROOM
from tests.loading.miniature import MINIATURE, Run, changed, load, number_of_rows, rows, written

pytestmark = pytest.mark.django_db


def line_of(text: str, case: str) -> int:
    mark = ELSEWHERE.get(case, "# here" if "# here" in text else "url = ")
    return 1 + text[: text.rindex(mark)].count("\n")


def assert_refused(run: Run, path: Path, line: int, fragment: str) -> None:
    assert run.code == 1
    told = [each for each in run.err.splitlines() if each.startswith(f"{path}:{line}: ")]
    assert any(fragment in each for each in told), f"expected line {line} and “{fragment}” in:\n{run.err}"
    assert "Traceback" not in run.err
    assert "None" not in run.err
    assert run.err.endswith("Nothing was written.\n")
    assert number_of_rows() == 0


@pytest.mark.parametrize("case", CHANGES)
def test_a_broken_record_is_refused(case: str, tmp_path: Path) -> None:
    old, new, fragment = CHANGES[case]
    text = changed(old, new)
    path = written(tmp_path, text)
    assert_refused(load(path), path, line_of(text, case), fragment)


@pytest.mark.parametrize("case", ADDITIONS)
def test_a_record_that_does_not_fit_the_others_is_refused(case: str, tmp_path: Path) -> None:
    addition, fragment = ADDITIONS[case]
    text = MINIATURE + addition
    path = written(tmp_path, text)
    assert_refused(load(path), path, line_of(text, case), fragment.format(path=path))


def test_all_problems_of_all_files_are_listed_in_the_order_of_their_places(tmp_path: Path) -> None:
    first = written(tmp_path, '[[party]]\nslug = "x"\nkind = "stat"\nnme = "X"\niso2 = "x"\n', "a.toml")
    second = written(
        tmp_path, '[[participant]]\nslug = "y"\nname = "Y"\nhome_party = "z"\n[[participant.names]]\nkey = 1\nname = ""\nlanguage = "?"\n', "b.toml"
    )
    third = written(tmp_path, '[[party]]\nslug = "z"\nname = "Z\n', "c.toml")
    lines = load(tmp_path).err.splitlines()
    assert [line.partition(": ")[0] for line in lines[:-1]] == [
        *(f"{first}:{number}" for number in (1, 3, 4, 5)),
        *(f"{second}:{number}" for number in (6, 7, 8)),
        f"{third}:3",
    ]
    assert lines[-1] == "8 problems. Nothing was written."


def test_a_duplicate_across_files_names_both_places(tmp_path: Path) -> None:
    first = written(tmp_path, MINIATURE, "a.toml")
    second = written(tmp_path, '# another\n\n[[party]]\nslug = "north"\nname = "N"\nkind = "state"\n', "b.toml")
    assert f"{second}:4: party north: slug: party north stands twice; it stands first at {first}:1\n" in load(tmp_path).err


@pytest.mark.parametrize("place", range(50))
def test_a_wrong_record_is_found_at_every_place(place: int, tmp_path: Path) -> None:
    records = [f'[[party]]\nslug = "p{number}"\nname = "P {number}"\nkind = "organization"\n' for number in range(50)]
    records[place] = records[place].replace('"organization"', '"organisation" # here')
    text = "\n".join(records)
    path = written(tmp_path, text)
    assert_refused(load(path), path, line_of(text, ""), f"party p{place}: kind: “organisation” is not a known word; did you mean “organization”?")


def test_a_refused_load_leaves_what_was_there(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    before = rows()
    text = changed('name = "Industry"', 'name = "Factories"').replace('act = "agreed"\nstrength', 'act = "x"\nstrength')
    assert load(written(tmp_path, text)).code == 1
    assert rows() == before


def test_rules_between_records_look_into_the_database(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    more = PERSON.format("ada-other", "Ada North") + ROOM.format("r1", "north-south", "como-2024-07-03") + AREA.format("a2", "A2", "steel-mill")
    err = load(written(tmp_path, more.lstrip())).err
    assert "“Ada North” is already there as “ada-north”" in err
    assert "“a2” hangs under “steel-mill”, which is a project" in err
    assert err.endswith("2 problems. Nothing was written.\n")


def test_a_change_that_breaks_a_record_of_the_database_is_refused(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    text = AREA.format("industry", "Industry", "industry").replace('"area"', '"process"\ncriteria = "x"').lstrip()
    assert "“steel-mill” hangs under “industry”, which is a process" in load(written(tmp_path, text)).err


def test_a_phrase_is_looked_for_in_a_text_of_the_database(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    start, end = MINIATURE.index("[[mention]]"), MINIATURE.index("[[milestone]]")
    path = written(tmp_path, MINIATURE[start:end].replace("build a steel", "build no steel"))
    assert "“build no steel mill” does not stand in release at “2”" in load(path).err


def test_a_reference_into_a_file_that_cannot_be_read_is_no_problem_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, '[[party]]\nslug = "north"\nname = "Northland\n', "a.toml")
    written(tmp_path, PERSON.format("ada", "Ada").lstrip(), "b.toml")
    err = load(tmp_path).err
    assert err.endswith("1 problem. Nothing was written.\n")


def test_an_old_address_is_not_given_to_a_new_record(tmp_path: Path) -> None:
    load(written(tmp_path, MINIATURE))
    err = load(written(tmp_path, AREA.format("mill", "Mill", "industry").lstrip())).err
    assert "slug: “mill” is the old address of “steel-mill”; choose another slug" in err
