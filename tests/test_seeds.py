"""The seed dossiers against the documents, and the shipped fixtures against both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from config.settings import BASE_DIR
from tests.tree import dossiers, seed_texts
from tracker.dates import parse_edtf
from tracker.evidence import checksum, lines, stands_at
from tracker.vocabulary import DateBasis

SEEDS = dossiers()


@pytest.fixture(scope="module")
def documents() -> Path:
    """Return the folder of the seed documents; skip where this machine has none."""
    folder = seed_texts()
    if folder is None:
        pytest.skip("the seed documents are not on this machine: name their folder in SEED_TEXTS")
    return folder


def cited() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield, for every citation of the shipped fixtures, its file, the key of its source and itself."""
    for path in sorted((BASE_DIR / "fixtures").rglob("*.toml")):
        for kind, records in tomllib.loads(path.read_text("utf-8")).items():
            for record in records:
                for citation in record.get("citations", []):
                    yield f"{path.name} {kind} {citation['key']}", citation["source"], citation


def test_there_is_a_dossier_for_each_document() -> None:
    assert len(SEEDS) == 5
    assert [seed["file"] for seed in SEEDS] == [seed["document"].replace(".txt", ".toml") for seed in SEEDS]


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["file"])
def test_a_dossier_says_what_the_document_is(seed: dict[str, Any]) -> None:
    assert re.fullmatch(r"[0-9a-f]{64}", seed["sha256"])
    assert seed["title"]
    assert seed["publisher"]
    assert seed["language"] == "en"
    assert parse_edtf(seed["published"]).earliest.year >= 2010
    assert seed["date_basis"] in DateBasis.values


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["file"])
def test_a_dossier_accounts_for_every_paragraph_once(seed: dict[str, Any]) -> None:
    told = [number for report in seed["reports"] for number in numbers(report["paragraphs"])]
    assert sorted(told) == list(range(1, seed["paragraphs"] + 1))


def numbers(paragraphs: str) -> list[int]:
    """Return the numbers in ``3``, ``3-5`` or ``3,7-8``."""
    found: list[int] = []
    for part in paragraphs.split(","):
        first, _, last = part.partition("-")
        found.extend(range(int(first), int(last or first) + 1))
    return found


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["file"])
def test_a_dossier_belongs_to_its_document(seed: dict[str, Any], documents: Path) -> None:
    document = (documents / seed["document"]).read_bytes()
    assert checksum(document) == seed["sha256"]
    assert len(lines(document.decode())) == seed["paragraphs"]


def test_every_key_phrase_stands_where_it_is_said_to_stand(documents: Path) -> None:
    held = {seed["source"]: (documents / seed["document"]).read_text("utf-8") for seed in SEEDS}
    phrases = [(where, held[source], citation) for where, source, citation in cited() if source in held and citation.get("phrase")]
    assert len(phrases) > 50
    assert [where for where, text, citation in phrases if not stands_at(text, str(citation.get("locator", "")), citation["phrase"])] == []


@pytest.mark.django_db
def test_the_shipped_fixtures_load_and_load_again_without_a_change() -> None:
    first, second = StringIO(), StringIO()
    call_command("load_fixtures", stdout=first)
    call_command("load_fixtures", stdout=second)
    assert " new" in first.getvalue()
    assert second.getvalue().startswith("No change")


@pytest.mark.django_db
def test_a_database_with_records_is_left_alone() -> None:
    first, second = StringIO(), StringIO()
    call_command("load_if_empty", stdout=first)
    call_command("load_if_empty", stdout=second)
    assert " new" in first.getvalue()
    assert second.getvalue() == ""


@pytest.mark.django_db
def test_every_phrase_of_a_seed_document_is_verified(documents: Path) -> None:
    out = StringIO()
    call_command("check_evidence", texts=documents, stdout=out)
    assert "verified" in out.getvalue()
