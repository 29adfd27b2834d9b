"""Reading files: which are taken, which are refused, and that damage never becomes a traceback."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.loading.miniature import MINIATURE, load, number_of_rows, written
from tracker.loading import reading

pytestmark = pytest.mark.django_db

SMALL = (
    '[[party]]\nslug = "north"\nname = "Northländ"\nkind = "state"\niso2 = "NN"\n\n[[party]]\nslug = "s"\nname = \'\'\'\nS\'\'\'\nkind = "organization" # x\n'
)


def damaged(path: Path, raw: bytes) -> None:
    """Load ``raw`` as a file: it is refused by its path and nothing is written, or it is valid."""
    path.write_bytes(raw)
    run = load(path, dry_run=True)
    assert run.code in {0, 1}
    assert "Traceback" not in run.err
    if run.code:
        assert all(line.startswith(f"{path}:") for line in run.err.splitlines()[:-1])
    assert number_of_rows() == 0


@pytest.mark.parametrize(
    ("raw", "line", "told"),
    [
        (b"", 1, "holds no record; write one, or take the file away"),
        (b"# only a comment\n", 1, "holds no record"),
        (b"\xef\xbb\xbf[[party]]\n", 1, "begins with a byte order mark; save the file as UTF-8 without one"),
        ("[[party]]\n".encode("utf-16"), 1, "is not UTF-8; save the file as UTF-8"),
        ("[[party]]\n".encode("utf-16-le"), 1, "holds a NUL byte"),
        (b'[[party]]\nname = "\x00"\n', 2, "holds a NUL byte; take it out"),
        ('[[party]]\n\nname = "é"\n'.encode("latin-1"), 3, "is not UTF-8"),
        (b"[[party]]\nslug = 'x'\nslug = 'x'\n", 3, "not valid TOML: Cannot overwrite a value; nothing else of this file was checked"),
        (b"[[party]\n", 1, "not valid TOML"),
        (b"[[party]]\nslug =", 2, "not valid TOML: Invalid value at the end of the document"),
        (b"x = " + b"[" * 5000, 1, "nested too deeply"),
        (b"x = " + b"9" * 5000, 1, "not valid TOML"),
        (b"x = 2024-02-30\n", 1, "not valid TOML"),
        (b"[[party]]\nstarts = 2024-07/2024-09 # x\n", 2, 'a date without quotation marks; write dates in quotes: "2024-07"'),
        (b"party = 3\n", 1, "“party” is a number; a record begins with [[party]]"),
        (b"party = ['x']\n", 1, "“party” is a list; a record begins with [[party]]"),
        (b'"\\u202e" = 1\n', 1, "“\\u202e” is not a known kind of record"),
    ],
)
def test_a_file_that_is_no_fixture_is_told_by_its_line(raw: bytes, line: int, told: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(raw)
    run = load(path)
    assert run.code == 1
    assert run.err.startswith(f"{path}:{line}: ")
    assert told in run.err
    assert "\u202e" not in run.err
    assert number_of_rows() == 0


def test_every_truncation_is_refused_or_valid(tmp_path: Path) -> None:
    raw = SMALL.encode()
    for length in range(len(raw)):
        damaged(tmp_path / "cut.toml", raw[:length])


def test_two_hundred_flipped_bytes_are_refused_or_valid(tmp_path: Path) -> None:
    chance = random.Random(20_240_703)
    for _ in range(200):
        raw = bytearray(MINIATURE.encode())
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        damaged(tmp_path / "flipped.toml", bytes(raw))


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", len(SMALL.encode()))
    assert load(written(tmp_path, SMALL), dry_run=True).code == 0
    assert "larger than 5 MB; split the file" in load(written(tmp_path, SMALL + "\n")).err


def test_the_largest_file_is_five_megabytes() -> None:
    assert reading.LARGEST_FILE == 5 * 1024 * 1024


def test_another_ending_is_refused_where_it_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL, "fixture.yaml")
    assert (
        load(path).err
        == f"{path}:1: not a fixture file: its name ends in “.yaml”; fixture files end in .toml, .jsonl or .jsonl.gz\n1 problem. Nothing was written.\n"
    )


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "there is no such file or folder" in load(tmp_path / "nothing.toml").err


def test_a_folder_without_fixtures_is_refused(tmp_path: Path) -> None:
    assert "no fixture file in this folder; fixture files end in .toml, .jsonl or .jsonl.gz" in load(tmp_path).err


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", tmp_path / "inside"
    (outside / "deeper").mkdir(parents=True)
    inside.mkdir()
    written(outside, SMALL)
    written(inside, SMALL)
    (inside / "link.toml").symlink_to(outside / "fixture.toml")
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    (inside / "broken.toml").symlink_to(outside / "nothing.toml")
    run = load(inside)
    assert run.err.splitlines() == [
        f"{inside / name}:1: a link that leads outside the folder; put the file itself here" for name in ("broken.toml", "folder", "link.toml")
    ] + ["3 problems. Nothing was written."]


def test_a_link_within_the_folder_is_the_same_file(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL)
    (tmp_path / "again.toml").symlink_to(path)
    assert load(tmp_path).out.endswith("2 new, 0 changed, 0 same.\n")


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "pipe.toml:1: not an ordinary file" in load(tmp_path).err
    assert "pipe.toml:1: not an ordinary file" in load(tmp_path / "pipe.toml").err


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, SMALL)

    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert load(path).err.startswith(f"{path}:1: can't be read: Permission denied\n")


def test_a_path_is_shown_as_seen_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "x", "a.toml")
    assert load(Path("a.toml")).err.startswith("a.toml:1: not valid TOML")
