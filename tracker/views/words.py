"""What the marks say in words. The wording follows the grade of what was read (design §2.3): only firm reads “silent”."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import IntegerChoices, TextChoices
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.charts.between import Between
from tracker.charts.marks import reading_mark
from tracker.dates import UncertainDate
from tracker.history.deadlines import OPEN_OUTCOMES
from tracker.history.facts import DeadlineFact
from tracker.history.results import Because, Cell, Column
from tracker.vocabulary import CellState, Grade, Rule

from .dates import in_words

Names = Mapping[str, str]


def listed(items: Iterable[str]) -> str:
    """Return the items as a sentence lists them: “a, b and c”."""
    return get_text_list(list(items), _("and"))


def names_of(slugs: Collection[str], names: Names) -> str:
    """Return the names of the parties, in order, as a sentence lists them."""
    return listed(sorted(names.get(slug, slug) for slug in slugs))


def in_plain_words(row: Because, names: Names) -> str:
    """Return what a deciding row says, with names for slugs, dates as readers write them and the labels of words."""

    def spell(value: object) -> str:
        if isinstance(value, TextChoices | IntegerChoices):
            return str(value.label).lower()
        if isinstance(value, UncertainDate | date):
            return in_words(value)
        return listed(spell(one) for one in value) if isinstance(value, tuple) else names.get(str(value), str(value))

    return ", ".join(one.spelled(spell) for one in row.said)


def state_in_words(cell: Cell, column: Column, names: Names) -> str:
    """Return what the column is to the commitment, as a reader may repeat it."""
    match cell.state:
        case CellState.VOICED:
            return _voiced(cell, names)
        case CellState.SILENT:
            return _silent(cell, sides_read(cell, column), names)
        case CellState.ECHOED:
            return _("only its area was named, it was not")
        case CellState.UNOBSERVED:
            return _unobserved(cell)
        case CellState.INELIGIBLE:
            return _("not its occasion")
        case CellState.CLOSED:
            return _("closed before")
    return _("earlier than the first mention we know")


def sides_read(cell: Cell, column: Column) -> frozenset[str]:
    """Return the parties whose own text was read and counts for this cell."""
    deciding = {because.ref.rsplit("/", 1)[-1] for because in cell.because if because.kind == "report"}
    issuers = frozenset(report.source.issued_by for report in column.reports if report.source.slug in deciding and report.source.issued_by)
    return issuers & column.sides_read or column.sides_read


def _voiced(cell: Cell, names: Names) -> str:
    if cell.both_sides:
        said = _("voiced by both sides")
    elif cell.voice:
        said = _("voiced by %(parties)s") % {"parties": names_of(cell.voice, names)}
    else:
        said = _("voiced")
    if cell.through and not cell.named:
        said = _("%(said)s, through a project under it") % {"said": said}
    return _("%(said)s; it moved") % {"said": said} if cell.moved else said


def _silent(cell: Cell, sides: frozenset[str], names: Names) -> str:
    if cell.grade == Grade.FIRM:
        return _("silent: in neither side’s text")
    if len(sides) == 1:
        return _("not in %(party)s’s readout") % {"party": names_of(sides, names)}
    return _("not in the reports that were read")


def _unobserved(cell: Cell) -> str:
    match cell.rule:
        case Rule.READ_TOO_WEAK:
            return _("not known: only a media report was read")
        case Rule.READ_BEFORE_LISTED:
            return _("not known: read before this was listed")
    return _("not known: no report read in full")


def between_in_words(found: Between) -> list[str]:
    """Return what happened since the column drawn before, one sentence for each move and promised date, one for all statements."""
    said = [_("moved before: %(rung)s, %(when)s") % {"rung": one.stage.label, "when": in_words(one.happened)} for one in found.moves if one.stage is not None]
    said += [_("a promised date had passed: %(due)s, %(outcome)s") % {"due": in_words(one.due), "outcome": passed_as(one)} for one in found.promises]
    if count := len(found.statements):
        said.append(ngettext("voiced before in %(count)d statement", "voiced before in %(count)d statements", count) % {"count": count})
    return said


def passed_as(promise: DeadlineFact) -> str:
    """Return what became of a promised date that has passed."""
    return _("unresolved") if promise.outcome in OPEN_OUTCOMES else str(promise.outcome.label).lower()


def reading_in_words(column: Column, names: Names) -> str:
    """Return what was read of the column’s reports, whenever it was read."""
    match reading_mark(column):
        case "rf":
            return _("read in full: a joint text, or both sides’ own texts")
        case "rs" if len(column.sides_read) == 1:
            return _("read in full: %(party)s’s own text") % {"party": names_of(column.sides_read, names)}
        case "rs":
            return _("read in full: two independent reports")
        case "rw":
            return _("read in full: one media report only")
        case "rh":
            return _("held in full, not yet read")
        case "ro":
            return _("only the opening is held")
        case "rr":
            return _("known by reference only")
    return _("no report held")
