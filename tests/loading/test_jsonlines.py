"""JSON Lines: the same records and the same rules as TOML, told by the line; damage never becomes a traceback."""

from __future__ import annotations

import gzip
import io
import json
import random
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.loading.broken import ADDITIONS, CHANGES
from tests.loading.miniature import MINIATURE, Run, changed, load, number_of_rows, rows, written
from tracker.evidence import checksum
from tracker.loading import jsonlines
from tracker.loading.shapes import SHAPES
from tracker.models import Load

pytestmark = pytest.mark.django_db


def as_lines(text: str) -> str:
    """Return a TOML text as JSON Lines, in its order."""
    return "".join(f"{json.dumps({kind: table}, ensure_ascii=False)}\n" for kind, tables in tomllib.loads(text).items() for table in tables)


LINES = as_lines(MINIATURE)
NORTH = '{"party": {"slug": "north", "name": "Northland", "kind": "state"}}\n'


def found(run: Run) -> set[tuple[str, str, str]]:
    return {(one["record"], one["field"], one["found"].partition("; it stands first")[0]) for one in run.json["problems"]}


def can_be_lines(text: str) -> bool:
    try:
        tables = tomllib.loads(text)
    except ValueError:
        return False
    has_days = any(isinstance(value, date) for kind in tables.values() if isinstance(kind, list) for table in kind for value in table.values())
    return not has_days and all(isinstance(kind, list) for kind in tables.values()) and set(tables) <= {*SHAPES}


def broken() -> dict[str, str]:
    texts = {case: changed(old, new) for case, (old, new, _told) in CHANGES.items()} | {case: MINIATURE + more for case, (more, _told) in ADDITIONS.items()}
    return {case: text for case, text in texts.items() if can_be_lines(text)}


def test_what_is_refused_in_toml_is_refused_in_lines_for_the_same_reasons(tmp_path: Path) -> None:
    cases = broken()
    assert len(cases) > 100
    for case, text in cases.items():
        toml = load(written(tmp_path, text), dry_run=True, format="json")
        lines = load(written(tmp_path, as_lines(text), "broken.jsonl"), dry_run=True, format="json")
        assert (toml.code, lines.code) == (1, 1), case
        assert found(toml) == found(lines) != set(), case


def test_lines_are_loaded_from_a_file_a_packed_file_and_standard_input_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = tmp_path / "m.jsonl.gz"
    packed.write_bytes(gzip.compress(LINES.encode()))
    assert load(written(tmp_path, MINIATURE)).code == 0
    before = rows()
    for path in (written(tmp_path, LINES, "m.jsonl"), packed, Path("-")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(LINES.encode()))))
        assert load(path).out == "No change: 14 same.\n"
    assert rows() == before


def test_a_load_of_lines_keeps_the_checksum_of_what_it_read(tmp_path: Path) -> None:
    path = written(tmp_path, LINES, "m.jsonl")
    assert load(path).code == 0
    assert Load.objects.get().files == [{"path": str(path), "sha256": checksum(LINES.encode()), "bytes": len(LINES.encode())}]


@pytest.mark.parametrize(
    ("raw", "line", "told"),
    [
        (b"", 1, "holds no record; write one, or take the file away"),
        (b"\n", 1, "an empty line; take it out"),
        (NORTH.encode() + b"\n" + NORTH.encode(), 2, "an empty line"),
        (b"\xef\xbb\xbf" + NORTH.encode(), 1, "begins with a byte order mark"),
        (NORTH.encode("utf-16"), 1, "holds a NUL byte"),
        (b'{"party": {"name": "\xe9"}}', 1, "is not UTF-8"),
        (b'{"party": {"slug": "x", "slug": "x"}}', 1, "“slug” stands twice in one table; write it once"),
        (b'{"party": {"slug": "x"}, "party": {}}', 1, "“party” stands twice"),
        (b'{"party": {"slug": "x"}, "meeting": {}}', 1, "holds 2 keys, not one record"),
        (b"{}", 1, "holds 0 keys, not one record"),
        (b"[]", 1, "holds a list, not one record"),
        (b"null", 1, "holds null, not one record"),
        (b'{"party": [{}]}', 1, "“party” is a list"),
        (b'{"partie": {}}', 1, "“partie” is not a known kind of record; did you mean “party”?"),
        (b'{"party": {"slug": "x"}', 1, "not valid JSON"),
        (b'{"party": {"slug": "x",}}', 1, "not valid JSON: trailing comma in object, at byte 24 of the line"),
        (b'{"party": ' + b"[" * 5000, 1, "nested too deeply"),
        (b'{"party": {"slug": "\\ud800"}}', 1, "not valid JSON"),
        (gzip.compress(NORTH.encode(), mtime=0)[:-9], 2, "can't be read further"),
        (b"\x1f\x8b" + b"x" * 40, 1, "can't be read further"),
    ],
)
def test_a_line_that_holds_no_record_is_told(raw: bytes, line: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_bytes(raw)
    run = load(path)
    assert run.code == 1
    assert any(each.startswith(f"{path}:{line}: ") and told in each for each in run.err.splitlines()), run.err
    assert number_of_rows() == 0


def test_a_wrong_line_does_not_hide_the_others(tmp_path: Path) -> None:
    """Nothing refers to a slug of a line that can't be read without being told wrongly that it is not there."""
    lines = LINES.splitlines(keepends=True)
    lines[0] = lines[0].replace('{"slug"', '{{"slug"')
    run = load(written(tmp_path, "".join([*lines, '{"party": {"slug": "x", "kind": "state"}}\n']), "m.jsonl"))
    assert [each.partition(": ")[0].rpartition(":")[2] for each in run.err.splitlines()[:-1]] == ["1", "15"]


def test_messages_spell_tables_as_lines_do(tmp_path: Path) -> None:
    text = '{"deadline": {"commitment": "a", "key": "k", "target": "t", "what": "w", "due": "2024", "stated": "2023", "citations": []}}\n'
    err = load(written(tmp_path, text, "m.jsonl")).err
    assert 'no citation proves it; add "citations": [{…}]' in err
    assert 'there is no commitment “a”; add {"commitment": {…}} or correct the slug' in err
    assert "[[" not in err


def test_null_stands_for_a_field_that_is_left_out(tmp_path: Path) -> None:
    line = '{"participant": {"slug": "a", "name": "A", "home_party": "north", "renamed_from": null}}\n'
    assert load(written(tmp_path, NORTH + line, "m.jsonl")).code == 0
    err = load(written(tmp_path, line.replace('"A"', "null"), "m.jsonl")).err
    assert "name: null; expected a text in quotes" in err
    assert "renamed_from" not in err


def test_text_of_lines_is_kept_in_composed_form_without_space_around_it(tmp_path: Path) -> None:
    for name in (" Cafe\u0301 ", "Cafe\\u0301", "\\tCafé"):
        load(written(tmp_path, NORTH.replace("Northland", name), "m.jsonl"))
        assert rows()["Party"][0]["name"] == "Café"
    assert "holds the invisible character U+202E" in load(written(tmp_path, NORTH.replace("Northland", "x\u202ey"), "m.jsonl")).err
    assert "holds the invisible character U+202E" in load(written(tmp_path, NORTH.replace("Northland", "x\\u202ey"), "m.jsonl")).err


def damaged(path: Path, raw: bytes) -> None:
    path.write_bytes(raw)
    run = load(path, dry_run=True)
    assert run.code in {0, 1}
    assert all(line.startswith(f"{path}:") for line in run.err.splitlines()[:-1])
    assert number_of_rows() == 0


def test_lines_cut_off_anywhere_are_valid_or_refused(tmp_path: Path) -> None:
    raw = (NORTH + '{"party": {"slug": "s", "name": "Süd", "kind": "organization"}}\n').encode()
    for end in range(len(raw)):
        damaged(tmp_path / "cut.jsonl", raw[:end])
    packed = gzip.compress(raw, mtime=0)
    for end in range(len(packed)):
        damaged(tmp_path / "cut.jsonl.gz", packed[:end])


def test_flipped_bytes_are_valid_or_refused(tmp_path: Path) -> None:
    chance = random.Random(5)
    for raw, name in ((NORTH.encode() * 2, "flipped.jsonl"), (gzip.compress(LINES.encode(), mtime=0), "flipped.jsonl.gz")):
        for _time in range(100):
            flipped = bytearray(raw)
            flipped[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            damaged(tmp_path / name, bytes(flipped))


def test_a_line_longer_than_a_file_of_toml_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert jsonlines.LONGEST_LINE == 5 * 1024 * 1024
    monkeypatch.setattr(jsonlines, "LONGEST_LINE", 100)
    run: Any = load(written(tmp_path, NORTH + NORTH.replace("Northland", "N" * 100), "m.jsonl"))
    assert ":2: a line of more than 5 MB; nothing after it was checked" in run.err
