"""What can't hang on what: the rules that a load asks of areas, rooms, copies and successors, asked of the stored rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.models import Commitment, Meeting, Source
from tracker.models.source import LONGEST_COPY_CHAIN
from tracker.vocabulary import CommitmentKind

#: The field to blame, and the sentence for the editor.
Fault = tuple[str, Any]

_ONE_SERIES = _("An area and what hangs under it belong to one series.")
_ONE_JOURNEY = _("A room and its journey belong to one series.")
_TOO_DEEP = _("Areas are nested two deep at most.")


def misplaced_commitment(row: Commitment, typed: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with the place that ``typed`` gives to the commitment ``row``. A constraint says that nothing hangs on itself."""
    area, series, is_area = typed.get("parent"), typed.get("series"), typed.get("kind") == CommitmentKind.AREA
    under = Commitment.objects.filter(parent=row.pk).exclude(parent=None)
    if area and not area.is_area:
        yield ("parent", _("Only areas have anything under them."))
    if area and series and area.series_id != series.pk:
        yield ("parent", _ONE_SERIES)
    if area and is_area and (area.parent_id or under.areas().exists()):
        yield ("parent", _TOO_DEEP)
    if not is_area and under.exists():
        yield ("kind", _("Other commitments hang under this one, so it stays an area."))
    if series and under.exclude(series=series).exists():
        yield ("series", _ONE_SERIES)
    if _leads_back(row, typed.get("succeeds"), "succeeds"):
        yield ("succeeds", _("The commitments lead in a circle: one of them comes first."))


def misplaced_meeting(row: Meeting, typed: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with the journey and the series that ``typed`` gives to the meeting ``row``."""
    journey, series = typed.get("part_of"), typed.get("series")
    rooms = Meeting.objects.filter(part_of=row.pk).exclude(part_of=None)
    if journey and journey.part_of_id:
        yield ("part_of", _("That meeting is a room itself: name the journey."))
    if journey and rooms.exists():
        yield ("part_of", _("This meeting has rooms of its own, so it is no room."))
    if series and ((journey and journey.series_id != series.pk) or rooms.exclude(series=series).exists()):
        yield ("series", _ONE_JOURNEY)


def misplaced_source(row: Source, typed: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong with the document that ``typed`` calls the original of ``row``."""
    original = typed.get("derived_from")
    if _leads_back(row, original, "derived_from"):
        yield ("derived_from", _("The copies lead in a circle: name the document that was there first."))
    elif original and len(list(_along(original, "derived_from"))) + _copies_below(row) > LONGEST_COPY_CHAIN:
        yield ("derived_from", _("A chain of more than %(number)s copies: leave out those between.") % {"number": LONGEST_COPY_CHAIN})


def _copies_below(row: Source) -> int:
    """Return how many copies of copies stand below ``row``, one after the other."""
    below = (Source.objects.filter(**{"__".join(["derived_from"] * links): row.pk}).exists() for links in range(LONGEST_COPY_CHAIN, 0, -1))
    return next((LONGEST_COPY_CHAIN - place for place, found in enumerate(below) if found), 0) if row.pk else 0


def _along(start: Any, name: str) -> Iterator[Any]:
    """Yield ``start`` and all that it leads to along the key ``name``, each once."""
    seen: set[int] = set()
    while start is not None and start.pk not in seen:
        seen.add(start.pk)
        yield start
        start = getattr(start, name)


def _leads_back(row: Any, start: Any, name: str) -> bool:
    """Return whether ``start`` leads to ``row``, further than by being ``row`` itself."""
    return row.pk is not None and any(further.pk == row.pk for further in _along(start, name) if further is not start)
