"""The words of the comparing charts: what each sign means, and what those who point at one are told."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.charts import bands, pace
from tracker.history.pace import Beat
from tracker.history.results import Occasion, Trace
from tracker.vocabulary import Stage

from .dates import in_words
from .legends import CELLS, READ, SAID
from .sentences import percent
from .words import Names, state_in_words


def of_bands(title: str, names: Names) -> bands.Words:
    """Return the words of the chart of several commitments."""

    def state(trace: Trace, place: int) -> str:
        column = trace.columns[place]
        return f"{in_words(column.when)}, {column.meeting.title}: {state_in_words(trace.cells[place], column, names)}"

    def occasion(one: Occasion) -> str:
        counts = "" if one.counts else _(" (does not count)")
        return f"{in_words(one.when)}, {one.meeting.title}: {str(one.act.label).lower()}{counts}"

    signs = {
        "talk": _("voiced: discussed, reaffirmed, agreed"),
        "forward": _("voiced: put forward"),
        "paper": _("voiced: signed, progress, delivered"),
        "held-up": _("voiced: obstacle, refused, suspended"),
        "both": str(CELLS["vb"]),
        "statement": str(SAID["t1"]),
        "not-counted": _("does not count: claimed, recalled or in passing"),
        "moved": _("moved there"),
        "echoed": str(CELLS["e"]),
        "silent-firm": str(CELLS["sf"]),
        "silent-soft": str(CELLS["ss"]),
        "unread": str(CELLS["u"]),
        "closed": str(CELLS["c"]),
        "not-its": str(CELLS["x"]),
        "rungs": _("highest rung reached; diamonds: milestones, hollow if only claimed"),
        "promise": _("promised for; heavy end: missed"),
    }
    return bands.Words(title, [f"{int(stage)} {stage.label}" for stage in Stage], signs, state, occasion, in_words)


def of_pace(title: str) -> pace.Words:
    """Return the words of the chart of two series."""
    signs = (
        ("close", _("read closely")),
        ("weak", _("one media report read")),
        ("held", _("held in full, not read")),
        ("opening", str(READ["ro"])),
        ("reference", str(READ["rr"])),
    )

    def beat(one: Beat) -> str:
        voiced = ngettext("%(count)d commitment voiced", "%(count)d commitments voiced", len(one.named)) % {"count": len(one.named)}
        return f"{in_words(one.column.when)}, {one.column.meeting.title}: {voiced}; {one.column.grade.label}"

    def share(rate: float) -> str:
        return _("%(share)s of what the read meeting before had voiced") % {"share": percent(rate)}

    return pace.Words(title, _("Voiced"), _("How far read"), _("Carried over"), signs, beat, share)
