"""On which line each record of a load stands: four bytes a record, so that a million of them take four megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict

_PAGE = 1 << 12


class Places:
    """The lines of all files are counted through: ``files`` holds the path of each and the number of its last line."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self._ends: list[int] = []
        self._pages: dict[tuple[str, int], array[int]] = defaultdict(lambda: array("I", bytes(4 * _PAGE)))

    def begin(self, path: str) -> None:
        self.files.append(path)
        self._ends.append(self.last)

    @property
    def last(self) -> int:
        """Return the number of the last line counted."""
        return self._ends[-1] if self._ends else 0

    def count(self) -> int:
        """Count one more line of the file that was begun last, and return its number."""
        self._ends[-1] += 1
        return self._ends[-1]

    def where(self, number: int) -> tuple[str, int]:
        """Return the path of a line's file and the line's number in it."""
        file = bisect_left(self._ends, number)
        return self.files[file], number - (self._ends[file - 1] if file else 0)

    def mark(self, kind: str, row: int, number: int) -> int:
        """Write down that a record stands on line ``number``; return the line on which it stood before, or 0."""
        page = self._pages[kind, row // _PAGE]
        before = page[row % _PAGE]
        page[row % _PAGE] = before or number
        return before

    def line(self, kind: str, row: int) -> int:
        """Return the number of the line on which the record stands, or 0."""
        page = self._pages.get((kind, row // _PAGE))
        return page[row % _PAGE] if page is not None else 0

    def has(self, kind: str, row: int) -> bool:
        return self.line(kind, row) > 0
