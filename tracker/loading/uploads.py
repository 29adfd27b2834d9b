"""Files that somebody sent: kept under names of our own until their plan is agreed to, and read like any other fixture file.

What a file was called is shown and written down, and steers nothing: where it is kept follows from its checksum and from who sent it.
"""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from tracker.evidence import checksum

from .documents import documents
from .files import ENDINGS, TOML
from .problems import FixtureError, Problem, visible
from .reading import Reading

#: A name longer than this is cut.
LONGEST_NAME = 100
#: What nobody agreed to for so long is thrown away, in seconds.
KEPT_FOR = 24 * 60 * 60
_DIGEST = re.compile(r"[0-9a-f]{64}")


class GoneError(Exception):
    """The file is no longer kept: it has to be sent again."""


@dataclass(frozen=True, slots=True)
class Upload:
    """One file that was sent, unpacked: what it was called, the SHA-256 of what it holds, and who sent it."""

    name: str
    digest: str
    owner: int

    def path(self, folder: Path) -> Path:
        """Return where it is kept: of the name only its kind counts, one of two."""
        if not _DIGEST.fullmatch(self.digest):
            raise GoneError
        return folder / f"{self.owner}-{self.digest}{TOML if self.name.endswith(TOML) else '.jsonl'}"


def called(name: str) -> str:
    """Return the name of a file as it is shown: without folders, with nothing in it that nobody sees, cut in front, where it tells the least."""
    return visible(re.split(r"[/\\]", name)[-1])[-LONGEST_NAME:]


def keep(folder: Path, name: str, raw: bytes, owner: int, most: int, now: float) -> Upload:
    """Keep a file of at most ``most`` bytes, packed and unpacked, for its owner; raise ``FixtureError`` if it can't be taken."""
    name = called(name)
    if not name.endswith(ENDINGS):
        raise _refused(name, "not a fixture file", f"fixture files end in {', '.join(ENDINGS)}")
    unpacked = _unpacked(name, raw, most)
    upload = Upload(name, checksum(unpacked), owner)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder, now)
    path = upload.path(folder)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(unpacked)
    return upload


def reading_of(folder: Path, upload: Upload) -> Reading:
    """Return what stands in the file, under the name it was sent with. Raises ``GoneError`` unless it is kept as it was sent."""
    path = upload.path(folder)
    if not path.is_file() or checksum(path.read_bytes()) != upload.digest:
        raise GoneError
    found = documents([path])
    return Reading(
        [replace(document, path=upload.name) for document in found.documents],
        [replace(problem, path=upload.name) for problem in found.problems],
        found.glimpsed,
    )


def forget(folder: Path, upload: Upload) -> None:
    upload.path(folder).unlink(missing_ok=True)


def _unpacked(name: str, raw: bytes, most: int) -> bytes:
    right = "split the file, or load it on the command line"
    if len(raw) > most:
        raise _refused(name, f"larger than {megabytes(most)}", right)
    if raw[:2] != b"\x1f\x8b" or name.endswith(TOML):
        return raw
    try:
        with gzip.open(io.BytesIO(raw)) as file:
            unpacked = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(name, f"can't be unpacked: {error}", "pack it again") from error
    if len(unpacked) > most:
        raise _refused(name, f"unpacked larger than {megabytes(most)}", right)
    return unpacked


def megabytes(size: int) -> str:
    """Return a size as people read it."""
    return f"{size // 1024**2} MB"


def _refused(name: str, found: str, right: str) -> FixtureError:
    return FixtureError([Problem(name, 1, "", "", found, right)])


def _sweep(folder: Path, now: float) -> None:
    """Throw away what nobody agreed to by ``now``, in seconds of the clock."""
    for path in folder.iterdir():
        if path.is_file() and now - path.stat().st_mtime > KEPT_FOR:
            path.unlink(missing_ok=True)
