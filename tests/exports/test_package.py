"""The package for readers: an independent validator accepts it, it explains every column, and it holds nothing that is not public."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from tests.canaries import Aviary, hidden_beside_public, hidden_on_public, public_on_hidden
from tests.exports.written import contents, export
from tests.universe import COMMITMENTS, MEETINGS, SERIES, TODAY, Universe, drawing
from tracker import models as tables
from tracker.history.matrix import matrix
from tracker.history.results import Measures
from tracker.history.thresholds import THRESHOLDS
from tracker.queries.facts import series_record
from tracker.vocabulary import PublicationState

pytestmark = pytest.mark.django_db

STATES = {"V": "voiced", "M": "voiced", "v": "voiced", "e": "echoed", "S": "silent", "s": "silent", "?": "unobserved", ".": "before", "x": "ineligible"}


def package(folder: Path, as_of: str = TODAY.isoformat()) -> Any:
    """Write the package and return its descriptor."""
    export(folder, "export_package", as_of=as_of)
    return json.loads((folder / "datapackage.json").read_text("utf-8"))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def judged(folder: Path) -> Any:
    """Return what frictionless, which knows nothing of this project, says of the package."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    return json.loads(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120).stdout)


@pytest.fixture
def aviary(universe: Universe) -> Aviary:
    """Return the drawn world with everything in it that nobody may see."""
    kept = Aviary()
    hidden_on_public(kept)
    public_on_hidden(kept)
    hidden_beside_public(kept)
    return kept


def test_an_independent_validator_accepts_it(aviary: Aviary, tmp_path: Path) -> None:
    """The world has drafts on all sides: nothing that is published may lead to one."""
    descriptor = package(tmp_path / "out")
    report = judged(tmp_path / "out")
    assert [(task["name"], task["errors"]) for task in report["tasks"] if task["errors"]] == []
    assert report["errors"] == []
    assert report["valid"]
    assert {task["name"] for task in report["tasks"]} == {resource["name"] for resource in descriptor["resources"]}


def test_the_validator_would_see_a_reference_that_leads_nowhere(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    file = tmp_path / "out" / "mention-citation.csv"
    file.write_text(file.read_text("utf-8").replace(",ada-vane,", ",ada-vame,"), encoding="utf-8")
    assert "foreign-key" in {error["type"] for task in judged(tmp_path / "out")["tasks"] for error in task["errors"]}


def test_no_file_of_it_sings(aviary: Aviary, tmp_path: Path) -> None:
    tables.Source.objects.filter(slug="north-21").update(text="zqtext of a public source")
    package(tmp_path / "out")
    text = b"".join(contents(tmp_path / "out").values()).decode()
    assert [place for canary, place in aviary.canaries.items() if canary in text] == []
    assert "zqtext" not in text
    tables.Meeting.objects.filter(slug=aviary.addresses["Meeting", PublicationState.DRAFT]).update(state=PublicationState.PUBLISHED)
    package(tmp_path / "out")
    text = b"".join(contents(tmp_path / "out").values()).decode()
    assert {"Meeting.title", "Meeting.summary"} <= {place for canary, place in aviary.canaries.items() if canary in text}


def test_a_draft_that_comes_and_goes_changes_no_byte(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    before = contents(tmp_path / "out")
    hidden_on_public(Aviary())
    package(tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_it_says_what_it_is_and_what_every_column_means(universe: Universe, tmp_path: Path) -> None:
    descriptor = package(tmp_path / "out")
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert [one["name"] for one in descriptor["licenses"]] == ["CC-BY-4.0"]
    assert descriptor["sources"][0]["path"] == "source.csv"
    assert descriptor["as_of"] == TODAY.isoformat()
    assert descriptor["thresholds"].keys() == {each.name for each in fields(THRESHOLDS)}
    for resource in descriptor["resources"]:
        raw = (tmp_path / "out" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (len(raw), f"sha256:{hashlib.sha256(raw).hexdigest()}")
        columns = resource["schema"]["fields"]
        assert [column["name"] for column in columns] == next(csv.reader([raw.decode().split("\r\n")[0]]))
        assert [column["name"] for column in columns if len(column["description"]) < 5 or "%(" in column["description"]] == []
        assert resource["description"].endswith(".")
        assert set(resource["schema"]["primaryKey"]) <= {column["name"] for column in columns}


def test_it_holds_every_public_row(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    for table, model in (
        ("party", tables.Party),
        ("source", tables.Source),
        ("meeting", tables.Meeting),
        ("meeting-attendance", tables.Attendance),
        ("commitment-name", tables.CommitmentName),
        ("mention", tables.Mention),
        ("deadline", tables.Deadline),
    ):
        assert len(rows(tmp_path / "out", table)) == model.objects.published().count() > 0
    citations = [len(rows(tmp_path / "out", f"{owner}-citation")) for owner in ("mention", "milestone", "deadline")]
    assert sum(citations) == tables.Citation.objects.published().count()
    assert {"commitment": "river-pipeline", "party": "northmark"} in rows(tmp_path / "out", "commitment-party")
    assert rows(tmp_path / "out", "redirect") == [{"kind": "commitment", "old_slug": "water-pipe", "new_slug": "river-pipeline"}]
    assert rows(tmp_path / "out", "meeting-remit") == [{"meeting": "quay-24", "commitment": "river-pipeline"}]
    ferry = next(row for row in rows(tmp_path / "out", "meeting") if row["slug"] == "ferry-22")
    assert (ferry["starts"], ferry["starts_earliest"], ferry["starts_latest"]) == ("2022-06", "2022-06-01", "2022-06-30")


def test_its_cells_are_those_of_the_drawing(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    cells = {(row["commitment"], row["meeting"]): row for row in rows(tmp_path / "out", "cell") if row["series"] == SERIES}
    assert {place: row["state"] for place, row in cells.items()} == {place: STATES[letter] for place, letter in drawing().items()}
    assert len(cells) == len(COMMITMENTS) * len(MEETINGS)
    assert {row["as_of"] for row in cells.values()} == {TODAY.isoformat()}
    assert cells["river-pipeline", "quay-24"]["address"] == "/commitments/river-pipeline/at/quay-24/?as_of=2026-01-31"


def test_its_measures_are_those_of_the_engine(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    record = series_record(SERIES)
    assert record
    traces = {trace.commitment.slug: trace for trace in matrix(record, TODAY).rows}
    told = {row["commitment"]: row for row in rows(tmp_path / "out", "measure")}
    assert told.keys() == traces.keys()
    assert {each.name for each in fields(Measures)} <= told["energy"].keys()
    for slug, trace in traces.items():
        numbers = (trace.measures.voiced_meetings, trace.measures.read, trace.measures.eligible, trace.measures.idle_restatements, trace.stage.word)
        assert tuple(told[slug][name] for name in ("voiced_meetings", "read", "eligible", "idle_restatements", "stage")) == tuple(map(str, numbers))


def test_it_can_be_asked_for_as_of_an_earlier_day(universe: Universe, tmp_path: Path) -> None:
    descriptor = package(tmp_path / "out", "2023")
    assert descriptor["as_of"] == "2023-12-31"
    assert {row["meeting"] for row in rows(tmp_path / "out", "cell") if row["series"] == SERIES} == {"oakport-21", "ferry-22", "hillton-23"}
    with pytest.raises(CommandError, match="is not a date"):
        package(tmp_path / "out", "some day")


def test_no_text_begins_a_formula_and_none_is_lost(universe: Universe, tmp_path: Path) -> None:
    meetings = list(tables.Meeting.objects.order_by("slug"))
    texts = {meeting.slug: f"{sign}1+1" for meeting, sign in zip(meetings, ("=", "+", "-", "@", "＝", "'", "''", "1", "x"), strict=True)}
    for slug, text in texts.items():
        tables.Meeting.objects.filter(slug=slug).update(date_note=text)
    package(tmp_path / "out")
    told = {row["slug"]: row["date_note"] for row in rows(tmp_path / "out", "meeting")}
    assert [text for text in told.values() if text.startswith(("=", "+", "-", "@", "＝"))] == []
    assert {slug: text.removeprefix("'") for slug, text in told.items()} == texts


def test_it_replaces_an_earlier_package_and_nothing_else(universe: Universe, tmp_path: Path) -> None:
    package(tmp_path / "out")
    before = contents(tmp_path / "out")
    package(tmp_path / "out")
    assert contents(tmp_path / "out") == before
    export(tmp_path / "fixtures")
    with pytest.raises(CommandError, match="holds files and no earlier export of this kind"):
        package(tmp_path / "fixtures")


def test_an_empty_record_makes_a_package_of_empty_tables(db: None, tmp_path: Path) -> None:
    descriptor = package(tmp_path / "out", date(2026, 1, 1).isoformat())
    assert [one["name"] for one in descriptor["resources"] if rows(tmp_path / "out", one["name"])] == ["threshold"]
    assert judged(tmp_path / "out")["valid"]
