"""Records as a folder of fixture files: one for each kind, those of a series in a folder of its own, and a manifest of counts and checksums."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tracker.loading.fields import identity, label
from tracker.loading.kept import Kept
from tracker.loading.reading import LARGEST_FILE

from .files import NewFile
from .fixture_text import json_line, toml
from .folder import replaced

NAME = "reaffirmed-fixtures"
MANIFEST = "manifest.json"
#: A file is continued in another one before it is larger than this.
FULL = LARGEST_FILE * 4 // 5


@dataclass(frozen=True, slots=True)
class Form:
    """How records are written, what stands between two of them, and whether a file that is full is continued in another."""

    write: Callable[[str, dict[str, Any]], str]
    between: str
    in_parts: bool


FORMS: Mapping[str, Form] = {"toml": Form(toml, "\n", in_parts=True), "jsonl": Form(json_line, "", in_parts=False)}


@dataclass(slots=True)
class Exported:
    """What was written: the files, the number of records of each kind, and which of them are larger than a load takes."""

    files: list[NewFile] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    too_large: list[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        """Return the checksum of the whole: that of the lines “checksum, two spaces, path” of all files."""
        return hashlib.sha256("".join(f"{file.sha256}  {file.path}\n" for file in self.files).encode()).hexdigest()


def write_fixtures(target: Path, records: Iterable[Kept], form: str, *, drafts: bool, series: Sequence[str]) -> Exported:
    """Write ``records``, which come file by file, and return what was written. ``drafts`` and ``series`` are noted in the manifest."""
    done = Exported()
    with replaced(target, listed) as folder:
        _write(folder, records, form, done)
        done.files.sort(key=lambda file: file.path)
        manifest = {
            "name": NAME,
            "version": 1,
            "format": form,
            "drafts": drafts,
            "series": sorted(series),
            "records": dict(sorted(done.counts.items())),
            "sha256": done.sha256,
            "files": [file.as_dict() for file in done.files],
        }
        with NewFile(folder, MANIFEST) as file:
            file.write(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    return done


def listed(folder: Path) -> set[str] | None:
    """Return the paths of the files that an earlier export wrote into ``folder``, or None if none did."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return {MANIFEST, *(file["path"] for file in manifest["files"])} if manifest["name"] == NAME else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(folder: Path, records: Iterable[Kept], form: str, done: Exported) -> None:
    with _Shelf(folder, form, done.files) as shelf:
        for record in records:
            text = FORMS[form].write(record.kind, record.fields)
            if shelf.put(f"series/{record.series}/{record.kind}" if record.series else record.kind, text) > LARGEST_FILE:
                done.too_large.append(label(record.kind, identity(record.kind, record.fields)))
            done.counts[record.kind] += 1


class _Shelf:
    """Where records are put, one after another. One file is open at a time."""

    def __init__(self, folder: Path, form: str, files: list[NewFile]) -> None:
        self.folder, self.form, self.files = folder, form, files
        self.stem, self.part = "", 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.files:
            self.files[-1].close()

    def put(self, stem: str, text: str) -> int:
        """Write the text of one record into the file ``stem``, or into its next part where that is full; return its length in bytes."""
        size = len(text.encode())
        if stem != self.stem:
            self._open(stem, 1)
        elif FORMS[self.form].in_parts and self.files[-1].bytes + size > FULL:
            self._open(stem, self.part + 1)
        file = self.files[-1]
        file.write(f"{FORMS[self.form].between}{text}" if file.records else text, records=1)
        return size

    def _open(self, stem: str, part: int) -> None:
        if self.files:
            self.files[-1].close()
        self.stem, self.part = stem, part
        self.files.append(NewFile(self.folder, f"{stem}.{self.form}" if part == 1 else f"{stem}-{part}.{self.form}"))
