"""Files as they are written: to the disk when they are closed, with their size and checksum."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

#: So many bytes are gathered before they are written.
GATHERED = 1 << 20


class NewFile:
    """A file under ``folder`` that must not be there yet. ``records`` counts what the writer calls a record."""

    def __init__(self, folder: Path, path: str) -> None:
        self.path = path
        self.bytes = self.records = 0
        self._sum = hashlib.sha256()
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        self._file = place.open("xb", buffering=GATHERED)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        self.close()

    def write(self, text: str, records: int = 0) -> None:
        raw = text.encode()
        self._file.write(raw)
        self._sum.update(raw)
        self.bytes += len(raw)
        self.records += records

    def close(self) -> None:
        """Close the file once all of it has reached the disk; do nothing if it is closed."""
        if not self._file.closed:
            with self._file:
                self._file.flush()
                os.fsync(self._file.fileno())

    @property
    def sha256(self) -> str:
        return self._sum.hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """Return what a list of files says of it."""
        return {"path": self.path, "records": self.records, "bytes": self.bytes, "sha256": self.sha256}
