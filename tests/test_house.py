"""The rules of the house that no tool knows: sizes, names, who reads the clock, who knows what is public."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from config.settings import BASE_DIR
from tests.addresses import pages
from tests.tree import dossiers, files, hand_written, seed_texts, shown

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "service", "manager", "managers", "stuff", "base"}
DOORS = ("tracker/accounts/", "tracker/views/", "tracker/admin/", "tracker/api/", "tracker/feeds/", "tracker/management/commands/")
#: Where the word “published” may stand in code: its meaning, the one rule, and those that write it.
KNOW_PUBLISHED = (
    "tracker/vocabulary/meanings/",
    "tracker/models/publication.py",
    "tracker/loading/plan.py",
    "tracker/loading/shapes.py",
    "tracker/curation/",
    "tracker/admin/",
)
CLOCK = re.compile(r"\b(?:date|datetime)\.(?:today|now|utcnow)\(|\btimezone\.(?:now|localdate|localtime)\(|\btime\.(?:time|localtime|gmtime)\(")

PYTHON = hand_written()
OWN = [path for path in PYTHON if shown(path).startswith(("tracker/", "config/"))]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the number of lines of every function in ``path``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_the_walk_finds_the_house() -> None:
    assert {"manage.py", "tracker/vocabulary/__init__.py", "tracker/history/facts.py", "tests/test_house.py", "config/settings.py"} <= {
        shown(p) for p in PYTHON
    }


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {shown(path): len(path.read_text("utf-8").splitlines()) for path in PYTHON}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {f"{shown(path)}: {name}": length for path in PYTHON for name, length in functions(path)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_file_is_a_drawer() -> None:
    assert [shown(path) for path in PYTHON if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_every_module_says_what_it_knows() -> None:
    assert [shown(path) for path in PYTHON if not ast.get_docstring(tree(path))] == []


def test_nothing_listens_to_signals() -> None:
    told = re.compile(r"\breceiver\(|django\.dispatch|\bsignals\b.*import|import.*\bsignals\b|\.connect\(\s*sender")
    assert [shown(path) for path in OWN if told.search(path.read_text("utf-8"))] == []


def test_only_doors_read_the_clock() -> None:
    assert [shown(path) for path in OWN if CLOCK.search(path.read_text("utf-8")) and not shown(path).startswith(DOORS)] == []


def test_only_doors_read_the_settings() -> None:
    asked = [shown(path) for path in OWN if "django.conf import settings" in path.read_text("utf-8")]
    assert [name for name in asked if not name.startswith((*DOORS, "config/"))] == []


def test_what_is_public_is_decided_in_one_file() -> None:
    knowing = [shown(path) for path in OWN if re.search(r"PublicationState\.PUBLISHED|state=.published.", path.read_text("utf-8"))]
    assert [name for name in knowing if not name.startswith(KNOW_PUBLISHED)] == []


@cache
def names_in_cost_tests() -> frozenset[str]:
    """Return the names of pages that stand in test modules which measure the cost of a page."""
    measuring = [path for path in PYTHON if path.parts[-1].startswith("test_") and path != Path(__file__) and "assert_cost_is_flat" in path.read_text("utf-8")]
    texts = {node.value for path in measuring for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return frozenset(text.removeprefix("tracker:") for text in texts)


def test_every_public_page_has_a_test_of_its_query_budget() -> None:
    named = {page.name.removeprefix("tracker:") for page in pages()}
    assert len(named) > 40
    assert named - names_in_cost_tests() == set()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, length: int = 9) -> set[tuple[str, ...]]:
    """Return every run of ``length`` words of ``text``."""
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


#: Names that a text about the same bodies can't avoid.
OFFICIAL_NAMES = (
    "the Council of Heads of State of the Shanghai Cooperation Organization",
    "the Council of Heads of Government of the Shanghai Cooperation Organization",
)


def test_no_passage_of_a_seed_document_stands_in_the_project() -> None:
    folder = seed_texts()
    if folder is None:
        pytest.skip("the seed documents are not on this machine: name their folder in SEED_TEXTS")
    documents = sorted(folder.glob("*.txt"))
    assert len(documents) >= len(dossiers()) > 0
    forbidden = set().union(*(runs(path.read_text("utf-8")) for path in documents))
    allowed = set().union(*(runs(name) for name in [*OFFICIAL_NAMES, *(dossier["title"] for dossier in dossiers())]))
    found = {shown(path): [" ".join(run) for run in sorted(runs(text) & (forbidden - allowed))][:3] for path, text in texts()}
    assert {name: passages for name, passages in found.items() if passages} == {}


def texts() -> Iterator[tuple[Path, str]]:
    """Yield every file of the project that is text."""
    for path in files():
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:
            continue


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    path_of_a_machine = re.compile(r"(?<![\w.:/])/(?:work|home|root|Users)/\w")
    assert [shown(path) for path, text in texts() if path_of_a_machine.search(text)] == []


def test_the_card_has_its_top_level() -> None:
    expected = {"seeds", "config", "tracker", "templates", "fixtures", "tests", "docs", "manage.py", "requirements.txt", "README.md", "LICENSE", "CHANGELOG.md"}
    assert expected <= {path.name for path in BASE_DIR.iterdir()}
