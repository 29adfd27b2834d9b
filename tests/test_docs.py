"""The documents against the code, in both directions where that makes sense."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands

from config.settings import BASE_DIR
from tests.tree import files, shown
from tracker import vocabulary
from tracker.history.thresholds import THRESHOLDS

DOCUMENTS = {path.relative_to(BASE_DIR).as_posix(): path.read_text("utf-8") for path in files() if path.suffix == ".md"}
RUNNING, METHODS = DOCUMENTS["docs/running.md"], DOCUMENTS["docs/methods.md"]
CODING = METHODS + DOCUMENTS["docs/coding.md"] + DOCUMENTS["docs/data-model.md"] + DOCUMENTS.get("docs/fixture-format.md", "")
#: Set by what surrounds the application, or only by the scripts and tests themselves.
NOT_OURS = {"DJANGO_SETTINGS_MODULE"}


def variables_in_code() -> set[str]:
    """Return the environment variables that the settings and the server read."""
    asked = re.compile(r"""(?:env\.\w+\(|environ\.get\()\s*"([A-Z_]+)\"""")
    return {name for path in (BASE_DIR / "config").glob("*.py") for name in asked.findall(path.read_text("utf-8"))} - NOT_OURS


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app == "tracker"}


def test_every_variable_stands_in_the_example_and_no_other() -> None:
    example = (BASE_DIR / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables_in_code()


def test_every_variable_stands_in_the_table_of_settings_and_no_other() -> None:
    table = RUNNING.partition("## Settings")[2].partition("\n## ")[0]
    told = {name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", table, re.MULTILINE) for name in re.findall(r"[A-Z_]+", row)}
    assert told == variables_in_code()


def test_every_command_is_described_and_no_other() -> None:
    table = RUNNING.partition("## Management commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)) == own_commands()


def test_every_command_that_a_document_names_exists() -> None:
    named = {(name, command) for name, text in DOCUMENTS.items() for command in re.findall(r"manage\.py ([a-z][a-z_]+)", text)}
    assert {(name, command) for name, command in named if command not in get_commands()} == set()


def test_every_target_of_make_is_described_and_no_other() -> None:
    targets = set(re.findall(r"^([a-z]+):.*## ", (BASE_DIR / "Makefile").read_text("utf-8"), re.MULTILINE)) - {"help"}
    assert set(re.findall(r"^\| `make ([a-z]+)` \|", RUNNING, re.MULTILINE)) == targets
    named = {(name, target) for name, text in DOCUMENTS.items() for target in re.findall(r"`make ([a-z]+)", text)}
    assert {(name, target) for name, target in named if target not in targets | {"help"}} == set()


@pytest.mark.parametrize("words", [getattr(vocabulary, name) for name in vocabulary.__all__ if isinstance(getattr(vocabulary, name), type)])
def test_every_word_of_the_vocabulary_is_described(words: type) -> None:
    spelled = words.words() if issubclass(words, vocabulary.Scale) else getattr(words, "values", [])
    assert [word for word in spelled if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", CODING)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        f"From *{THRESHOLDS.reading.word}* on a meeting counts as read",
        f"*k* / *n*, shown from *n* = {THRESHOLDS.recurrence_needs} on",
        f"at least {THRESHOLDS.silence_needs} read general meetings since the last known voicing",
        f"at least {THRESHOLDS.silence_share:.0%} of those".replace("%", " %"),
        f"at least {THRESHOLDS.dormant_days:,} days without",
        f"at least {THRESHOLDS.presumed_lapsed_days:,} days without",
        f"voiced at least {THRESHOLDS.hollowed_voicings} times, and in the last {THRESHOLDS.hollowed_echoes} read meetings",
        f"after more than {THRESHOLDS.came_back_days:,} days without a known mention",
    ],
)
def test_the_methods_state_the_threshold_in_force(sentence: str) -> None:
    assert sentence in METHODS


def test_every_kind_of_fixture_record_is_described() -> None:
    kinds = {kind for path in (BASE_DIR / "fixtures").rglob("*.toml") for kind in tomllib.loads(path.read_text("utf-8"))}
    assert len(kinds) >= 8
    assert [kind for kind in kinds if f"[[{kind}]]" not in DOCUMENTS.get("docs/fixture-format.md", "")] == []


def links() -> list[tuple[str, str]]:
    """Return every link of every document that leads to a file of the project."""
    found = [(name, target) for name, text in DOCUMENTS.items() for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    return [(name, target.partition("#")[0]) for name, target in found if not re.match(r"https?://|mailto:|#", target)]


def test_every_link_between_documents_leads_somewhere() -> None:
    assert len(links()) > 10
    assert [(name, target) for name, target in links() if not (BASE_DIR / Path(name).parent / target).exists()] == []


def test_every_document_can_be_reached_from_the_index() -> None:
    index = {(BASE_DIR / "docs" / target).resolve() for name, target in links() if name == "docs/README.md"}
    pages = {path for path in files(BASE_DIR / "docs") if path.parent.name == "docs" and path.suffix == ".md" and path.name != "README.md"}
    assert {shown(path) for path in pages - index} == set()


def test_decisions_are_numbered_without_a_gap_and_say_what_follows() -> None:
    decisions = sorted((BASE_DIR / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04d}" for number in range(1, len(decisions) + 1)]
    parts = ("**Context.**", "**Decision.**", "**Consequences.**")
    assert [path.name for path in decisions if any(part not in path.read_text("utf-8") for part in parts)] == []
