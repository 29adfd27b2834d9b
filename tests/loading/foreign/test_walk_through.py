"""docs/importing.md, followed to the letter: its files written, its commands run, its answers compared."""

from __future__ import annotations

import re
import shlex
import subprocess
import tomllib
from pathlib import Path

import pytest

from config.settings import BASE_DIR
from tests.loading.miniature import load

TEXT = (BASE_DIR / "docs" / "importing.md").read_text("utf-8")
WALK = TEXT.partition("## A walk-through")[2].partition("\n## ")[0]


def answer(command: list[str], folder: Path) -> str:
    """Run a command of the document in ``folder`` and return what a terminal shows."""
    if command[0] == "sed":
        subprocess.run(command, cwd=folder, check=True)
        return ""
    assert command[0] == "manage.py"
    paths = [Path(one) for one in command[2:] if one.endswith((".csv", ".toml")) and command[command.index(one) - 1] != "--mapping"]
    options = {"mapping": Path(command[command.index("--mapping") + 1])} if "--mapping" in command else {}
    flags = {one.removeprefix("--").replace("-", "_"): True for one in command if one.startswith("--") and one != "--mapping"}
    run = load(*paths, command=command[1], **options, **flags)
    return run.err + run.out


@pytest.mark.django_db
def test_the_walk_through_leads_where_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = re.findall(r"\*\*(\w+\.\w+)\*\*\n\n```\w+\n(.*?)```", WALK, re.DOTALL)
    assert [name for name, _content in files] == ["world.toml", "talks.csv", "talks.toml"]
    for name, content in files:
        (tmp_path / name).write_text(content, encoding="utf-8")
    steps = [step for block in re.findall(r"```console\n(.*?)```", WALK, re.DOTALL) for step in block.split("$ ")[1:]]
    assert len(steps) == 9
    for step in steps:
        command, _, told = step.partition("\n")
        assert (command, answer(shlex.split(command), tmp_path)) == (command, told)


def test_the_examples_of_the_reference_are_toml() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert len(blocks) >= 4
    for block in blocks:
        assert tomllib.loads(block)
