"""Queues of what is to be read: ranked by how many cells that are not known reading it would settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.history.unread import Due
from tracker.queries.unread import Unread, keys_of

from .rows import Asker, Item, Queue

#: So many commitments are named in a sentence; of the others it says how many there are.
NAMED = 4


def items(rows: Sequence[Due], found: Unread) -> list[Item]:
    """Return what is said of ``rows``; two queries for the keys of what they lead to."""
    sources, meetings = keys_of(rows)
    told = []
    for one in rows:
        meeting = meetings[one.report.meeting if one.report else one.column.slug]
        why = _why(one, _names(one.cells, found.names))
        if one.report is None:
            told.append(Item("meeting", meeting, _meeting(one), why))
            continue
        source, is_kept = sources[one.report.source.slug]
        if not is_kept:
            why += " " + _("Its text is not kept: paste it first, or read it where it stands and say so beside the meeting.")
        told.append(Item("source", source, f"{one.report.source.title} ({one.report.source.publisher})", why, meeting if is_kept else 0))
    return told


def _meeting(one: Due) -> str:
    return f"{one.column.meeting.title}, {one.column.when.edtf()}"


def _why(one: Due, names: str) -> str:
    number = len(one.cells)
    about = {"number": number, "names": names, "meeting": _meeting(one)}
    if one.report is None:
        return (
            ngettext(
                "%(number)d cell is not known, and no text that is held would tell: find a release, or a second report. It is about %(names)s.",
                "%(number)d cells are not known, and no text that is held would tell: find a release, or a second report. They are about %(names)s.",
                number,
            )
            % about
        )
    if one.again:
        about["day"] = one.report.read_on.isoformat() if one.report.read_on else ""
        told = ngettext(
            "%(meeting)s: read on %(day)s, before %(number)d commitment was listed: %(names)s.",
            "%(meeting)s: read on %(day)s, before %(number)d commitments were listed: %(names)s.",
            number,
        )
    else:
        told = ngettext(
            "%(meeting)s: reading it tells of %(number)d cell that is not known: %(names)s.",
            "%(meeting)s: reading it tells of %(number)d cells that are not known: %(names)s.",
            number,
        )
    return told % about + (" " + _("Only together with the other reports of the meeting.") if one.together else "")


def _names(slugs: Sequence[str], names: Mapping[str, str]) -> str:
    known = ", ".join(names[slug] for slug in slugs[:NAMED])
    more = len(slugs) - NAMED
    return known if more <= 0 else ngettext("%(names)s and %(number)d other", "%(names)s and %(number)d others", more) % {"names": known, "number": more}


def _may_read(asker: Asker) -> bool:
    return asker.may("view_source", "add_mention", "add_citation", "change_report")


QUEUES = (
    Queue(
        "read",
        gettext_lazy("To read next"),
        gettext_lazy("Texts that are held in full and nobody has read. What tells of the most cells comes first."),
        _may_read,
        picks=lambda one: one.report is not None and not one.again,
    ),
    Queue(
        "again",
        gettext_lazy("To read once more"),
        gettext_lazy("Read before some commitments were put on the list, so that the reading says nothing of them."),
        _may_read,
        picks=lambda one: one.again,
    ),
    Queue(
        "find",
        gettext_lazy("Meetings that lack a text"),
        gettext_lazy("Whatever is held of them can’t show what was left out. The meeting with the most cells that are not known comes first."),
        lambda asker: asker.may("change_meeting", "add_source"),
        picks=lambda one: one.report is None,
    ),
)
