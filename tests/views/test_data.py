"""The page of what can be taken along, and the package that it offers."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.costs import assert_cost_is_flat
from tests.universe import Universe, table
from tracker.exports.package import releases
from tracker.exports.package.releases import newest_file

PAGE, PACKAGE = reverse("tracker:data"), reverse("tracker:data_package")


@pytest.fixture
def folder(universe: Universe, settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


def build(**options: Any) -> str:
    said = io.StringIO()
    call_command("build_data", stdout=said, **options)
    return said.getvalue()


def test_an_independent_reader_accepts_the_package_that_is_downloaded(folder: Path, client: Client, tmp_path: Path) -> None:
    build()
    (tmp_path / "package.zip").write_bytes(client.get(PACKAGE).getvalue())
    command = [sys.executable, "-m", "frictionless", "validate", "package.zip", "--type", "package", "--json"]
    report = json.loads(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120).stdout)
    assert report["valid"], report
    assert report["stats"]["tasks"] > 20


def test_the_page_tells_the_checksum_of_the_file_that_it_offers(folder: Path, client: Client) -> None:
    build()
    answer = client.get(PACKAGE)
    body = answer.getvalue()
    page = client.get(PAGE)
    assert page.context["newest"].sha256 == hashlib.sha256(body).hexdigest()
    assert page.context["newest"].sha256 in page.content.decode()
    assert page.context["newest"].bytes == len(body)
    assert page.context["newest"].file in answer.headers["Content-Disposition"]
    with ZipFile(io.BytesIO(body)) as packed:
        descriptor = json.loads(packed.read("datapackage.json"))
        assert sum(page.context["newest"].rows.values()) == sum(len(packed.read(one["path"]).splitlines()) - 1 for one in descriptor["resources"])
    assert client.get(PACKAGE, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_the_package_costs_the_same_with_more_rows(folder: Path, universe: Universe, client: Client) -> None:
    build()
    assert_cost_is_flat(lambda: client.get(PACKAGE).getvalue(), universe.grow, budget=0)


def test_before_one_was_made_the_page_says_so(folder: Path, client: Client) -> None:
    assert "No data package was made on this site yet." in client.get(PAGE).content.decode()
    assert client.get(PACKAGE).status_code == 404


def test_a_package_is_made_when_records_have_changed_and_the_log_keeps_all(folder: Path, universe: Universe, client: Client) -> None:
    assert build().startswith("Made reaffirmed-")
    assert build().startswith("No record has changed")
    assert client.get(PAGE).context["is_current"]
    universe.add(table("party", slug="east", name="East", kind="state"), "east")
    assert not client.get(PAGE).context["is_current"]
    assert build().startswith("Made reaffirmed-")
    log = client.get(PAGE).context["log"]
    assert len(log) == 2
    assert log[0].rows["party"] == log[1].rows["party"] + 1
    assert [path.name for path in folder.glob("*.zip")] == [log[0].file]
    assert all(one.sha256 in client.get(PAGE).content.decode() for one in log)


def test_the_same_records_on_the_same_day_give_the_same_file(folder: Path) -> None:
    with time_machine.travel(datetime(2026, 1, 31, 12, tzinfo=UTC), tick=False):
        build()
        first = newest_file(folder)
        build(again=True)
    second = newest_file(folder)
    assert first
    assert second
    assert first[0].sha256 == second[0].sha256


def test_a_package_that_fails_leaves_the_one_before(folder: Path, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    before = client.get(PACKAGE).getvalue()

    def full(*_args: Any) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(releases, "_pack", full)
    with pytest.raises(OSError, match="No space"):
        build(again=True)
    assert client.get(PACKAGE).getvalue() == before
    assert len(client.get(PAGE).context["log"]) == 1


def test_two_packages_are_not_made_at_once(folder: Path) -> None:
    with releases._alone(folder), pytest.raises(CommandError, match="Another package is being made"):
        build()
