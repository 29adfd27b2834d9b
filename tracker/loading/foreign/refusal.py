"""Why a cell can't be taken, and how lines are told."""

from __future__ import annotations

from collections.abc import Sequence

_LINES_TOLD = 10


def told_lines(lines: Sequence[int]) -> str:
    """Return the first of the lines by their numbers, and how many more there are."""
    first = ", ".join(map(str, lines[:_LINES_TOLD]))
    return first + (f" and {len(lines) - _LINES_TOLD} more" if len(lines) > _LINES_TOLD else "")


class RefusalError(Exception):
    """The cell can't be taken. Says what was found and what would be right."""

    #: The mapping has to say more before any cell of its kind can be read: no row may be passed over for that.
    undecided = False

    def __init__(self, found: str, right: str = "") -> None:
        super().__init__(found, right)
        self.found, self.right = found, right
        #: The column it came from, and the place in the mapping that read it; whoever knows them fills them in.
        self.column = ""
        self.steps: tuple[str | int, ...] = ()


class UndecidedError(RefusalError):
    """The cell can be read in two ways, and neither the table nor the mapping says which."""

    undecided = True
