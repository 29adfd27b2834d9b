"""The files of this project, found without git, and the documents that the data was coded from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from config.settings import BASE_DIR

#: What tools and runs leave behind; .gitignore names the same.
_LEFT_BEHIND = {".git", "var", ".env", "test-output", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


def files(folder: Path = BASE_DIR) -> Iterator[Path]:
    """Yield every file of the project under ``folder``, sorted, nothing that a tool made."""
    for entry in sorted(folder.iterdir()):
        if entry.name in _LEFT_BEHIND or entry.name.startswith((".venv", ".coverage")):
            continue
        if entry.is_dir():
            yield from files(entry)
        else:
            yield entry


def hand_written() -> list[Path]:
    """Return the Python files that people write: all but the migrations."""
    return [path for path in files() if path.suffix == ".py" and "migrations" not in path.relative_to(BASE_DIR).parts[:-1]]


def shown(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()


def dossiers() -> list[dict[str, Any]]:
    """Return the seed dossiers as they stand, each with its file's name under ``file``."""
    return [tomllib.loads(path.read_text("utf-8")) | {"file": path.name} for path in sorted((BASE_DIR / "seeds").glob("*.toml"))]


def seed_texts() -> Path | None:
    """Return the folder of the seed documents: the one named by SEED_TEXTS, or the one that stands beside this checkout, if any."""
    named = os.environ.get("SEED_TEXTS")
    folder = Path(named) if named else BASE_DIR.parent / "shared" / "seeds"
    return folder if named or folder.is_dir() else None
