"""The threat model names tests that exist, and a test or a reason for each row."""

from __future__ import annotations

import re

from config.settings import BASE_DIR

ROWS = re.findall(r"^\| (S\d+)\b[^|]*\| ([^|]*) \| ([^|]*) \|$", (BASE_DIR / "docs" / "threat-model.md").read_text("utf-8"), re.MULTILINE)


def test_every_row_stands_once_and_in_order() -> None:
    assert [row for row, _what, _tests in ROWS] == [f"S{number}" for number in range(1, 33)]


def test_every_test_that_is_named_exists() -> None:
    named = [name for _row, _what, tests in ROWS for name in re.findall(r"`([^`]+)`", tests)]
    assert len(named) > 40
    missing = []
    for name in named:
        file, _, function = name.partition("::")
        path = BASE_DIR / file
        if not path.is_file() or f"def {function}(" not in path.read_text("utf-8"):
            missing.append(name)
    assert missing == []


def test_a_row_without_a_test_says_why() -> None:
    assert {row for row, _what, tests in ROWS if "`" not in tests} == {"S17", "S27"}
