"""What each mark of a matrix means, in the words of every page and drawing. Under the names that _marks.html and charts/marks.py give the marks."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

#: One group of a legend: what leads it, and its marks with their words.
Group = tuple[str, list[tuple[str, str]]]

CELLS = {
    "v": _("voiced"),
    "vb": _("by both sides"),
    "vm": _("and it moved"),
    "h": _("an area: not itself, but a project in it"),
    "e": _("read: its area was named, it was not"),
    "sf": _("silent: read, and in neither side’s text"),
    "ss": _("read, and not in that one side’s text"),
    "u": _("not known: nobody read enough to tell"),
    "b": _("earlier than the first mention we know"),
    "c": _("done with before this meeting"),
    "x": _("not its occasion: it could not come up"),
}
SINCE = {
    "am": _("it moved"),
    "dm": _("a promised date was missed"),
    "do": _("a promised date passed unresolved"),
    "dk": _("a promise was kept, in time or late"),
}
SAID = {"t1": _("voiced in a statement"), "t2": _("in several")}
READ = {
    "rf": _("both sides or a joint text"),
    "rs": _("one side, or two independent reports"),
    "rw": _("one media report"),
    "rh": _("held, not read"),
    "ro": _("opening only"),
    "rr": _("reference only"),
}
IN_THE_CORNER = _("In the corner of a mark, since the meeting before:")
OVER_THE_MARKS = _("Over the marks, what was read:")


def cells() -> list[tuple[str, str]]:
    """Return the marks of cells with their words."""
    return _said(CELLS.items())


def since(*, statements: bool) -> Group:
    """Return what stands in the corner of a mark; ``statements`` only where they are drawn."""
    return str(IN_THE_CORNER), _said([*SINCE.items(), *(SAID.items() if statements else ())])


def read() -> Group:
    """Return the marks of the reading strip with their words."""
    return str(OVER_THE_MARKS), _said(READ.items())


def _said(words: Iterable[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(mark, str(word)) for mark, word in words]
