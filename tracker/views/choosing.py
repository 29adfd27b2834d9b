"""What a reader puts beside each other: commitments by name or slug, or two series, each answered or told what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.history.facts import SeriesFact
from tracker.queries.compared import Candidate, candidates

from . import asking

MOST_COMMITMENTS, MOST_SERIES, LONGEST_NAME, MOST_MEANT = 5, 2, 200, 8


@dataclass(frozen=True, slots=True)
class Meant:
    """A commitment that was perhaps meant, and the query string that asks for it."""

    candidate: Candidate
    query: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is compared. ``typed`` is what could not be found, ``problem`` says why, ``meant`` what it may have been."""

    as_of: asking.AsOf
    commitments: tuple[Candidate, ...] = ()
    series: tuple[SeriesFact, ...] = ()
    typed: str = ""
    problem: str = ""
    meant: tuple[Meant, ...] = ()
    series_problem: str = ""

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(one.slug for one in self.commitments)

    @property
    def query(self) -> str:
        """Return the query string of exactly what is compared: the address to keep."""
        return query_of(self.slugs, tuple(one.slug for one in self.series), self.as_of)

    @property
    def is_refused(self) -> bool:
        return bool(self.problem or self.series_problem or self.as_of.problem)

    def without(self, slug: str) -> str:
        return query_of(tuple(one for one in self.slugs if one != slug), (), self.as_of)


def query_of(commitments: Sequence[str], series: Sequence[str], as_of: asking.AsOf) -> str:
    given = [*(("commitment", slug) for slug in commitments), *(("series", slug) for slug in series)]
    if as_of.asked:
        given.append(("as_of", as_of.asked.isoformat()))
    return urlencode(given)


def chosen(request: HttpRequest, every: Sequence[SeriesFact]) -> Chosen:
    """Return what the address asks to be compared. What can't be found leaves out nothing else."""
    as_of = asking.as_of(request)
    typed = _typed(request, "commitment")
    series, series_problem = _series(_typed(request, "series"), every)
    if typed and (series or series_problem):
        series, series_problem = (), _("Compare commitments or series, not both at once. The commitments are shown.")
    found, unknown = _commitments(typed)
    shown = tuple(found[:MOST_COMMITMENTS])
    if len(found) > MOST_COMMITMENTS:
        problem = _("At most %(most)d commitments fit beside each other. The first %(most)d are shown.") % {"most": MOST_COMMITMENTS}
        return Chosen(as_of, shown, series, "", problem, (), series_problem)
    if unknown:
        name, meant = unknown[0]
        slugs = [one.slug for one in shown]
        offers = tuple(Meant(one, query_of([*slugs, one.slug], (), as_of)) for one in meant[:MOST_MEANT]) if len(shown) < MOST_COMMITMENTS else ()
        return Chosen(as_of, shown, series, name, _why_not([text for text, _meant in unknown], len(meant)), offers, series_problem)
    return Chosen(as_of, shown, series, series_problem=series_problem)


def _typed(request: HttpRequest, name: str) -> list[str]:
    """Return what was given under ``name``, each once and in order, no more than is worth looking for."""
    given = (asking.plain(text, LONGEST_NAME) for text in request.GET.getlist(name)[: 4 * MOST_COMMITMENTS])
    return list(dict.fromkeys(text for text in given if text))[: 2 * MOST_COMMITMENTS]


def _series(typed: Sequence[str], every: Sequence[SeriesFact]) -> tuple[tuple[SeriesFact, ...], str]:
    by_slug = {one.slug: one for one in every}
    known = tuple(by_slug[slug] for slug in typed if slug in by_slug)
    unknown = [slug for slug in typed if slug not in by_slug]
    if unknown:
        return known[:MOST_SERIES], _("“%(typed)s” is none of the choices.") % {"typed": unknown[0][: asking.LONGEST_ANSWER]}
    if len(known) > MOST_SERIES:
        return known[:MOST_SERIES], _("At most two series fit beside each other. The first two are shown.")
    return known, ""


def _commitments(typed: Sequence[str]) -> tuple[list[Candidate], list[tuple[str, list[Candidate]]]]:
    """Return the commitments found, and what was found for no single one, with what it may mean."""
    if not typed:
        return [], []
    answers = candidates(typed)
    found = {one.slug: one for text in typed for one in _only(answers[text])}
    return list(found.values()), [(text, answers[text]) for text in typed if not _only(answers[text])]


def _only(answers: Sequence[Candidate]) -> Sequence[Candidate]:
    return answers if len(answers) == 1 else ()


def _why_not(typed: Sequence[str], meant: int) -> str:
    said = {"typed": "”, “".join(typed), "meant": meant}
    if len(typed) > 1:
        return _("Not found, or not by one name only: “%(typed)s”.") % said
    if meant:
        return ngettext("“%(typed)s” is in the name of %(meant)d commitment.", "“%(typed)s” is in the names of several commitments: choose one.", meant) % said
    return _("No commitment on record goes by “%(typed)s”.") % said
