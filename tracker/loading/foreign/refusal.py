"""Why a cell can't be taken."""

from __future__ import annotations


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
