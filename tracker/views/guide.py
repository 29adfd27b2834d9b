"""The guide: questions that readers come with, answered in sentences from the rows as they stand, each with its way and its citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.charts import findings, order
from tracker.history.results import Matrix, Occasion, Trace
from tracker.queries.lists import party_names
from tracker.vocabulary import Outcome, Reach
from tracker.vocabulary.meanings import Measure

from .dates import in_words
from .glossary import main_matrix
from .measured import grouped, numbers
from .words import Names, listed, names_of

#: So many rows are told for each question; a commitment is long unheard after so many years.
LONGEST, YEARS = 3, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind an answer: where it stands, its name, and what it says."""

    address: str
    name: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """One wording in its own language, with its day and its strength."""

    when: str
    strength: str
    phrase: str
    paraphrase: str
    language: str
    address: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One question: the answer as sentences, the rows behind it, the way there by clicks, and the record to cite."""

    key: str
    question: str
    answer: tuple[str, ...]
    way: tuple[Row, ...]
    rows: tuple[Row, ...] = ()
    quotes: tuple[Quote, ...] = ()
    cites: str = ""


def guide(request: HttpRequest) -> HttpResponse:
    found = main_matrix()
    context: dict[str, Any] = {"matrix": found, "findings": []}
    if found:
        context["findings"] = list(_findings(found, party_names()))
        context["series_address"] = reverse("tracker:series", args=[found.series.slug])
    return render(request, "tracker/guide.html", context)


def _findings(found: Matrix, names: Names) -> Iterator[Finding]:
    yield from (_restated(found), _unheard(found), _missed(found), _one_sided(found, names), _reworded(found), _read(found))


def _dossier(row: Trace, fragment: str = "") -> str:
    return reverse("tracker:commitment", args=[row.commitment.slug]) + fragment


def _way(*last: Row, sort: str = "") -> tuple[Row, ...]:
    """Return the way from the list of commitments on, in the order that puts the answer first."""
    commitments = reverse("tracker:commitment_list")
    sorted_list = (Row(f"{commitments}?sort={sort}", _("sorted by this number")),) if sort else ()
    return (Row(commitments, _("Commitments")), *sorted_list, *last)


def _restated(found: Matrix) -> Finding:
    question = _("What was said again and again without moving?")
    rows = order.most_restated(found, LONGEST)
    if not rows:
        return Finding("restated", question, (_("Nothing: no concrete commitment is known to have been restated since it last moved."),), _way(sort="-idle"))
    first = rows[0]
    said = _("%(name)s most of all: %(numbers)s.") % {"name": first.commitment.name, "numbers": numbers(Measure.IDLE, first)}
    told = tuple(Row(_dossier(row, "#occasions"), row.commitment.name, numbers(Measure.IDLE, row)) for row in rows)
    way = _way(Row(_dossier(first), first.commitment.name), Row(_dossier(first, "#occasions"), _("its known mentions")), sort="-idle")
    return Finding("restated", question, (said,), way, told, cites=first.commitment.slug)


def _unheard(found: Matrix) -> Finding:
    heard = findings.unheard(found, YEARS)
    year = {"year": heard.day.year}
    question = _("Which commitments have no record after %(year)d, and did anybody look?") % year
    if not heard.rows:
        return Finding("unheard", question, (_("None: each open commitment is known to have been voiced after %(year)d.") % year,), _way(sort="last"))
    count = len(heard.rows)
    said = ngettext("%(count)d open commitment has no known mention after %(year)d.", "%(count)d open commitments have no known mention after %(year)d.", count)
    told = tuple(Row(_dossier(row, "#marks"), row.commitment.name, numbers(Measure.QUIET_MEETINGS, row)) for row in heard.rows[:LONGEST])
    first = heard.rows[0]
    way = _way(Row(_dossier(first), first.commitment.name), Row(_dossier(first, "#marks"), _("its meetings one by one")), sort="last")
    answer = (said % {"count": count, **year}, _looked(heard))
    return Finding("unheard", question, answer, way, told, cites=first.commitment.slug)


def _looked(heard: findings.Unheard) -> str:
    if not heard.looked:
        return _("Nobody has read a meeting since at which they could have come up: they are not known to be silent.")
    if heard.looked == len(heard.rows):
        return _("For each of them at least one meeting was read since at which it could have come up.")
    return ngettext(
        "For %(looked)d of them at least one meeting was read since at which it could have come up. Of the others nobody knows.",
        "For %(looked)d of them at least one meeting was read since at which they could have come up. Of the others nobody knows.",
        heard.looked,
    ) % {"looked": heard.looked}


def _missed(found: Matrix) -> Finding:
    question = _("Which promised dates were missed?")
    resolved, late = order.kept_and_missed(found)
    dates = Row(reverse("tracker:deadline_list"), _("Promised dates"))
    missed = Row(f"{dates.address}?outcome={Outcome.MISSED.value}", _("outcome: missed"))
    tracks = findings.missed(found)
    if not tracks:
        return Finding("missed", question, (_("None that we know of."),), (dates, missed))
    said = ngettext(
        "Of %(resolved)d promised date whose outcome is known, %(late)d was missed.",
        "Of %(resolved)d promised dates whose outcome is known, %(late)d were missed.",
        resolved,
    )
    told = tuple(_track(one) for one in tracks[:LONGEST])
    first = tracks[0].row
    way = (dates, missed, Row(told[0].address, first.commitment.name))
    return Finding("missed", question, (said % {"resolved": resolved, "late": late},), way, told, cites=first.commitment.slug)


def _track(one: findings.Missed) -> Row:
    promises = one.track.promises
    due = listed(in_words(promise.due) for promise in promises)
    said = _("%(what)s: promised for %(due)s") % {"what": promises[-1].what, "due": due}
    return Row(_dossier(one.row, f"#deadline-{promises[0].key}"), one.row.commitment.name, said)


def _one_sided(found: Matrix, names: Names) -> Finding:
    question = _("What does only one side write of?")
    pairs = findings.one_sided(found)
    if not pairs:
        return Finding("one-sided", question, (_("Nothing: wherever the texts of both sides were read, both have it."),), _way())
    row, one = pairs[0]
    text = {"name": row.commitment.name, "party": names_of(one.voice, names), "when": in_words(one.when)}
    said = _("%(name)s, for one: on %(when)s the texts of both sides were read, and only one has it, in the voice of %(party)s.") % text
    if not one.voice:
        said = _("%(name)s, for one: on %(when)s the texts of both sides were read, and only one has it.") % text
    count = ngettext("There is %(count)d commitment of which this is known.", "There are %(count)d commitments of which this is known.", len(pairs))
    told = tuple(Row(_at(some, at), some.commitment.name, in_words(at.when)) for some, at in pairs[:LONGEST])
    way = _way(Row(_dossier(row), row.commitment.name), Row(_at(row, one), _("that meeting")))
    return Finding("one-sided", question, (said, count % {"count": len(pairs)}), way, told, cites=row.commitment.slug)


def _at(row: Trace, one: Occasion) -> str:
    return _dossier(row, f"#at-{one.meeting.slug}")


def _reworded(found: Matrix) -> Finding:
    question = _("How did the wording change?")
    most = findings.most_reworded(found)
    if most is None:
        return Finding("reworded", question, (_("It did not, as far as the record shows."),), _way())
    row = most.row
    text = {"name": row.commitment.name, "count": most.changes}
    said = ngettext("Most often for %(name)s: it changed once.", "Most often for %(name)s: it changed %(count)d times.", most.changes) % text
    way = _way(Row(_dossier(row), row.commitment.name), Row(_dossier(row, "#occasions"), _("its known mentions")))
    quotes = tuple(quote for one in (most.first, most.last) for quote in _quotes(row, one))
    return Finding("reworded", question, (said,), way, (), quotes, row.commitment.slug)


def _quotes(row: Trace, one: Occasion) -> Iterator[Quote]:
    """Yield the strongest wording of an occasion, its key phrase where there is one."""
    said = [citation for citation in one.mention.citations if citation.reach == Reach.VOICED]
    best = max(said, key=lambda citation: (bool(citation.phrase), citation.strength or 0), default=None)
    if best is not None:
        strength = str(one.strength.label).lower() if one.strength is not None else ""
        yield Quote(in_words(one.when), strength, best.phrase, best.paraphrase, best.source.language, _at(row, one))


def _read(found: Matrix) -> Finding:
    question = _("How much of all this was read?")
    known = findings.coverage(found)
    series = Row(reverse("tracker:series", args=[found.series.slug]), _("the matrix"))
    said = ngettext(
        "Of %(columns)d meeting %(read)d was read closely enough to say what was left out.",
        "Of %(columns)d meetings %(read)d were read closely enough to say what was left out.",
        known.columns,
    )
    marks = _("In the matrix %(silent)s marks say that something was not voiced, and %(unknown)s say that it is not known.")
    answer = (said % {"columns": known.columns, "read": known.read}, marks % {"silent": grouped(known.silent), "unknown": grouped(known.unknown)})
    return Finding("read", question, answer, (Row(reverse("tracker:series_list"), _("Series")), series), ())
