"""Loading from the command line: what is written, what a second load does, and what the account says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.loading.miniature import MINIATURE, changed, load, number_of_rows, rows, written
from tracker.models import Attendance, Citation, Commitment, Deadline, Meeting, Mention, Participant, Redirect, Series, Source
from tracker.vocabulary import Level, Stage, Strength

pytestmark = pytest.mark.django_db


@pytest.fixture
def miniature(tmp_path: Path) -> Path:
    path = written(tmp_path, MINIATURE)
    assert load(path).code == 0
    return path


def test_every_kind_of_record_is_written(miniature: Path) -> None:
    meeting = Meeting.objects.get(slug="como-2024-07-03")
    mill = Commitment.objects.get(slug="steel-mill")
    citation = Citation.objects.get(mention__commitment=mill)
    assert (meeting.level, meeting.starts_earliest, meeting.ends) == (Level.LEADERS, date(2024, 7, 3), date(2024, 7, 4))
    assert [each.participant and each.participant.slug for each in meeting.attendances.order_by("key")] == ["ada-north", None]
    assert meeting.reports.get().read_by == "E. Ditor"
    assert mill.parent == Commitment.objects.get(slug="industry")
    assert mill.minimum_level == Level.MINISTERS
    assert {party.slug for party in mill.parties.all()} == {"north", "south"}
    assert mill.names.get().valid_from_latest == date(2023, 12, 31)
    assert (citation.locator, citation.strength, citation.terms) == ("2", Strength.BOUND, "object,place")
    assert mill.milestones.get().stage == Stage.MEMORANDUM
    assert mill.deadlines.get().resolved_latest == date(2025, 12, 31)
    assert Source.objects.get(slug="copy").derived_from == Source.objects.get(slug="release")
    assert Redirect.objects.target_of("commitment", "mill") == "steel-mill"
    assert mill.roll_up.voiced_meetings == 1


def test_records_are_published_and_found_by_folded_name(miniature: Path) -> None:
    assert Mention.objects.published().count() == 1
    assert Participant.objects.get(name_key="ada north").names.get().name_key == "ада норт"


def test_the_same_load_again_changes_nothing(miniature: Path) -> None:
    before = rows()
    again = load(miniature)
    assert (again.code, again.out) == (0, "No change: 14 same.\n")
    assert rows() == before


def test_a_second_load_writes_nothing_at_all(miniature: Path) -> None:
    with CaptureQueriesContext(connection) as queries:
        load(miniature)
    assert [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    run = load(written(tmp_path, MINIATURE), dry_run=True)
    assert run.code == 0
    assert run.out.endswith("14 new, 0 changed, 0 same.\nDry run: nothing was written.\n")
    assert number_of_rows() == 0


def test_a_changed_field_is_told_with_both_values(miniature: Path) -> None:
    created = Meeting.objects.get(slug="como-2024-07-03").created
    text = changed('title = "Talks at Como"', 'title = "Lake talks"').replace('starts = "2024-07-03"\nends = "2024-07-04"\n', 'starts = "2024-07"\n')
    run = load(written(miniature.parent, text))
    assert run.out == (
        "~ meeting como-2024-07-03\n"
        "    ~ title: “Talks at Como” → “Lake talks”\n"
        "    ~ starts: “2024-07-03” → “2024-07”\n"
        "    ~ ends: “2024-07-04” → “nothing”\n"
        "0 new, 1 changed, 13 same.\n"
    )
    meeting = Meeting.objects.get(slug="como-2024-07-03")
    assert (meeting.title, meeting.starts.edtf(), meeting.ends, meeting.created) == ("Lake talks", "2024-07", None, created)
    assert meeting.changed > created


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('minimum_level = "ministers"', 'minimum_level = "leaders"', "minimum_level: “ministers” → “leaders”"),
        (
            'parent = "industry"\nseries = "north-south"\nparties = ["north", "south"]',
            'parent = "industry"\nseries = "north-south"\nparties = ["north"]',
            "parties: “north, south” → “north”",
        ),
        ('derived_from = "release"', "", "derived_from: “release” → “nothing”"),
        ('terms = ["object", "place"]', 'terms = ["date", "object"]', "terms: “object,place” → “object,date”"),
        ('strength = "bound"', "", "strength: “bound” → “nothing”"),
        ('due = "2025"', 'due = "2025-06"', "due: “2025” → “2025-06”"),
        ('level = "ministers"\nstarts = "2024-09"', 'level = "ministers"\nstarts = "2024-09"\nremit = ["steel-mill"]', "remit: “nothing” → “steel-mill”"),
        ('summary = "They agreed to build it."', 'summary = "They agreed."\nstate = "draft"', "state: “published” → “draft”"),
    ],
)
def test_each_sort_of_field_is_compared_and_written(miniature: Path, old: str, new: str, told: str) -> None:
    path = written(miniature.parent, changed(old, new))
    assert f"~ {told}\n" in load(path).out
    assert load(path).out == "No change: 14 same.\n"


def test_a_changed_name_changes_its_search_key(miniature: Path) -> None:
    load(written(miniature.parent, changed('name = "Ada North"', 'name = "Ada Nörth"')))
    assert Participant.objects.get(slug="ada-north").name_key == "ada north"
    load(written(miniature.parent, changed('name = "Ada North"', 'name = "Ida North"')))
    assert Participant.objects.get(slug="ada-north").name_key == "ida north"


def test_a_child_that_left_its_record_is_taken_away(miniature: Path) -> None:
    kept = Attendance.objects.get(key="ada").pk
    run = load(written(miniature.parent, changed('[[meeting.attendances]]\nkey = "south"\nparty = "south"\n', "")))
    assert run.out == "~ meeting como-2024-07-03\n    - attendance south\n0 new, 1 changed, 13 same.\n"
    assert list(Attendance.objects.values_list("pk", flat=True)) == [kept]


def test_a_key_can_change_under_the_same_person(miniature: Path) -> None:
    run = load(written(miniature.parent, changed('key = "ada"', 'key = "chancellor"')))
    assert "    + attendance chancellor\n    - attendance ada\n" in run.out
    assert Attendance.objects.get(participant__slug="ada-north").key == "chancellor"


def test_two_records_can_swap_their_names(miniature: Path) -> None:
    text = MINIATURE.replace('"Industry"', '"X"').replace('"Steel mill"', '"Industry"').replace('"X"', '"Steel mill"')
    assert load(written(miniature.parent, text)).code == 0
    assert Commitment.objects.get(slug="industry").name_key == "steel mill"


def test_two_parties_can_swap_their_codes(miniature: Path) -> None:
    text = MINIATURE.replace('"NN"', '"XX"').replace('"SS"', '"NN"').replace('"XX"', '"SS"')
    assert load(written(miniature.parent, text)).code == 0
    assert rows_of("Party", "slug", "iso2") == [("north", "SS"), ("south", "NN")]


def rows_of(model: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in rows()[model]]


def test_a_renamed_record_keeps_its_row_and_leaves_an_address(miniature: Path) -> None:
    mill = Commitment.objects.get(slug="steel-mill").pk
    text = MINIATURE.replace('"steel-mill"', '"steel-works"').replace('slug = "steel-works"\nname', 'slug = "steel-works"\nrenamed_from = "steel-mill"\nname')
    path = written(miniature.parent, text)
    run = load(path)
    assert run.err == ""
    assert "~ commitment steel-works\n    ~ slug: “steel-mill” → “steel-works”\n" in run.out
    assert run.out.endswith("1 new, 2 changed, 12 same.\n")
    assert Commitment.objects.get(slug="steel-works").pk == mill
    assert Redirect.objects.target_of("commitment", "steel-mill") == "steel-works"
    assert Redirect.objects.target_of("commitment", "mill") == "steel-works"
    assert load(path).out == "No change: 15 same.\n"


def test_old_addresses_follow_a_second_renaming_and_give_way_to_a_return(tmp_path: Path) -> None:
    party = '[[party]]\nslug = "{}"\nname = "Northland"\nkind = "state"\n{}'
    for slug, old in (("a", ""), ("b", 'renamed_from = "a"'), ("c", 'renamed_from = "b"')):
        assert load(written(tmp_path, party.format(slug, old))).code == 0
    assert set(rows_of("Redirect", "old_slug", "new_slug")) == {("a", "c"), ("b", "c")}
    assert load(written(tmp_path, party.format("a", 'renamed_from = "c"'))).code == 0
    assert set(rows_of("Redirect", "old_slug", "new_slug")) == {("b", "a"), ("c", "a")}
    assert rows_of("Party", "slug") == [("a",)]


def test_a_partial_load_leaves_the_rest_alone(miniature: Path) -> None:
    run = load(written(miniature.parent, '[[party]]\nslug = "east"\nname = "Eastland"\nkind = "state"\n', "east.toml"))
    assert run.out == "+ party east\n1 new, 0 changed, 0 same, 13 others in the database.\n"


def test_pruning_withdraws_what_left_the_files_and_lists_it_first(miniature: Path) -> None:
    text = MINIATURE[: MINIATURE.index("[[deadline]]")] + MINIATURE[MINIATURE.index("[[redirect]]") :]
    path = written(miniature.parent, text)
    assert "deadline" not in load(path).out
    listed = load(path, prune=True, dry_run=True).out
    assert listed.startswith("- deadline steel-mill/by-2025\n    ~ state: “published” → “withdrawn”\n    ~ withdrawn_reason: “nothing” → “left the fixtures”\n")
    assert Deadline.objects.get().state == "published"
    assert load(path, prune=True).out == f"{listed.removesuffix('Dry run: nothing was written.' + chr(10))}"
    assert (Deadline.objects.get().state, Deadline.objects.get().withdrawn_reason) == ("withdrawn", "left the fixtures")
    assert load(path, prune=True).out == "No change: 13 same.\n"
    assert "state: “withdrawn” → “published”" in load(written(miniature.parent, MINIATURE)).out


def test_pruning_never_pulls_the_ground_from_under_a_record(miniature: Path) -> None:
    text = MINIATURE[: MINIATURE.index("[[source]]\nslug")] + MINIATURE[MINIATURE.index("[[commitment]]") :]
    run = load(written(miniature.parent, text), prune=True)
    assert run.code == 1
    assert "the source “release” stands in no file, so --prune would withdraw it" in run.err


def test_the_whole_data_set_names_what_is_gone(miniature: Path, settings: object) -> None:
    settings.BASE_DIR = miniature.parent  # type: ignore[attr-defined]
    (miniature.parent / "fixtures").mkdir()
    written(miniature.parent / "fixtures", MINIATURE[: MINIATURE.index("[[redirect]]")].replace('slug = "hearing-2024-09"', 'slug = "hearing-2024-10"'))
    run = load()
    assert (
        "- meeting hearing-2024-09 (in the database, in no file; --prune withdraws it)\n1 new, 0 changed, 12 same, 1 in the database but in no file.\n"
        in run.out
    )
    assert Meeting.objects.get(slug="hearing-2024-09").state == "published"


def test_the_plan_as_json(miniature: Path) -> None:
    told = load(written(miniature.parent, changed('name = "Steel mill"', 'name = "Mill"')), format="json").json
    assert told["written"] is True
    assert told["problems"] == []
    assert told["counts"] == {"new": 0, "changed": 1, "same": 13, "withdrawn": 0, "gone": 0, "untouched": 0}
    assert told["changes"] == [{"record": "commitment steel-mill", "what": "changed", "fields": [{"field": "name", "old": "Steel mill", "new": "Mill"}]}]


def test_problems_as_json(tmp_path: Path) -> None:
    run = load(written(tmp_path, changed('kind = "dyad"', 'kind = "dyed"')), format="json")
    assert run.code == 1
    assert run.json == {
        "written": False,
        "problems": [
            {
                "path": str(tmp_path / "fixture.toml"),
                "line": 26,
                "record": "series north-south",
                "field": "kind",
                "found": "“dyed” is not a known word",
                "right": "did you mean “dyad”?",
            }
        ],
    }


def test_a_folder_is_read_in_depth_and_records_may_refer_across_files(tmp_path: Path) -> None:
    half = MINIATURE.index("[[meeting]]")
    (tmp_path / "b" / "c").mkdir(parents=True)
    written(tmp_path, MINIATURE[half:])
    written(tmp_path / "b" / "c", MINIATURE[:half])
    written(tmp_path, "not a fixture", "README.md")
    written(tmp_path, "not = a fixture", ".hidden.toml")
    assert load(tmp_path).code == 0
    assert Series.objects.count() == 1
    assert load(tmp_path, tmp_path / "fixture.toml").out == "No change: 14 same.\n"


def test_text_is_kept_in_composed_form_and_joiners_stay(tmp_path: Path) -> None:
    load(written(tmp_path, changed('name = "Northland"', 'name = "Cafe\u0301 \u0645\u06cc\u200c\u062e"')))
    assert rows_of("Party", "slug", "name")[0] == ("north", "Café \u0645\u06cc\u200c\u062e")


def test_the_number_of_queries_does_not_grow_with_the_files(tmp_path: Path) -> None:
    def cost(number: int) -> int:
        more = "".join(f'\n[[party]]\nslug = "p{place}-{number}"\nname = "P {place} {number}"\nkind = "organization"\n' for place in range(number))
        with CaptureQueriesContext(connection) as queries:
            assert load(written(tmp_path, MINIATURE + more)).code == 0
        return len(queries)

    load(written(tmp_path, MINIATURE))
    assert cost(5) == cost(80)
