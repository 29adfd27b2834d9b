"""The glossary: every word of the record and every number of its pages in plain words, with a place where each can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tracker import vocabulary as words
from tracker.history.matrix import matrix
from tracker.history.results import Matrix
from tracker.queries.facts import series_record
from tracker.queries.lists import all_series, party_names
from tracker.vocabulary.meanings import CONCEPTS, MEANINGS, Concept, Measure

from .examples import Example, Key, examples, marks
from .measured import counts, formula, with_thresholds

#: The lists of the vocabulary in the order of the page: the anchor, the title, and what the words of the list are about.
LISTS: tuple[tuple[str, Any, Any, Any], ...] = (
    ("state", words.CellState, _("The marks"), _("What a meeting is to a commitment. The first of these that applies gives the mark.")),
    ("grade", words.Grade, _("How firmly a meeting was read"), _("What was read decides what may be said of what was left out.")),
    ("kind", words.CommitmentKind, _("Kinds of commitment"), ""),
    ("stage", words.Stage, _("The ladder"), _("How far a commitment has got, from the lowest rung. A rung needs a document that proves it.")),
    ("condition", words.Condition, _("Conditions"), _("The first that applies. What is inferred from silence is always labelled so, with its numbers.")),
    ("reach", words.Reach, _("Reach"), _("How a commitment came up.")),
    ("act", words.Act, _("Acts"), _("What was done with it in words.")),
    ("strength", words.Strength, _("Strength of a wording"), _("How far a wording that looks forward binds its speaker, from the weakest.")),
    ("term", words.Term, _("Terms"), _("The particulars that a wording names.")),
    ("change", words.Change, _("Changes"), _("Against the mention before.")),
    ("standing", words.Standing, _("Standing"), _("Whether a mention or a milestone counts.")),
    ("outcome", words.Outcome, _("Outcomes of a promised date"), ""),
    ("voice", words.Voice, _("Voice"), _("Who voiced a commitment at a meeting, from the citations of its mention.")),
    ("looked", words.Looked, _("Read since"), _("Whether anybody looked since the last known mention.")),
    ("evidence", words.EvidenceGrade, _("Evidence grades"), _("How well the latest mention is proved.")),
    ("format", words.Format, _("Formats of meetings and statements"), ""),
    ("level", words.Level, _("Levels"), _("Rank of the encounter, from the lowest.")),
    ("status", words.MeetingStatus, _("Status of a meeting"), ""),
    ("presence", words.Presence, _("Presence"), ""),
    ("role", words.Role, _("Roles at a meeting"), ""),
    ("source", words.SourceKind, _("Kinds of source"), ""),
    ("carried", words.Carried, _("Whose text it is"), _("How much of a party’s text a publisher carries.")),
    ("held", words.Held, _("How well a meeting can be looked into"), _("The best that is held of any report of it.")),
    ("extent", words.Extent, _("How much of a source we hold"), ""),
    ("fidelity", words.Fidelity, _("Wording and translation"), ""),
    ("basis", words.DateBasis, _("Where the date of a document comes from"), ""),
    ("party", words.PartyKind, _("Kinds of party"), ""),
    ("series", words.SeriesKind, _("Kinds of series"), ""),
    ("stated", words.StatedCondition, _("What a milestone can state"), _("Besides a rung. The conditions above follow from it.")),
    ("proves", words.Proves, _("What a passage proves of a promised date"), ""),
    ("told", words.Shown, _("Changes of the record"), _("What became of a record on the day under which the page of changes tells of it.")),
    ("publication", words.PublicationState, _("Publication"), _("Only what is published can be seen here.")),
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its meaning; ``formula`` for a number, ``mark`` for a state, ``spelled`` as files and addresses name it."""

    anchor: str
    label: Any
    meaning: str
    spelled: str = ""
    formula: str = ""
    mark: str = ""
    example: Example | None = None


@dataclass(frozen=True, slots=True)
class Section:
    anchor: str
    title: Any
    about: Any
    words: tuple[Word, ...]


def glossary(request: HttpRequest) -> HttpResponse:
    found = main_matrix()
    known = examples(found, party_names()) if found else {}
    drawn = marks(found) if found else {}
    return render(request, "tracker/glossary.html", {"sections": tuple(_sections(known, drawn))})


def main_matrix() -> Matrix | None:
    """Return the matrix of the series with the most commitments as of today, or None while nothing is published."""
    main = max(all_series(), key=lambda series: (series.commitment_count, series.meeting_count), default=None)
    record = series_record(main.slug) if main else None
    return matrix(record, timezone.now().date()) if record else None


def _sections(known: dict[Key, Example], drawn: dict[words.CellState, str]) -> Iterator[Section]:
    concepts = (Word(one.value, one.label, with_thresholds(CONCEPTS[one]), example=known.get((Concept, one))) for one in Concept)
    yield Section("records", _("What is recorded"), _("The things that a reader meets on every page."), tuple(concepts))
    yield Section("measures", _("The numbers"), _("What each counts, and how. The methods have the rules behind them."), tuple(map(_measure(known), Measure)))
    for anchor, kind, title, about in LISTS:
        listed = (
            Word(
                f"{anchor}-{getattr(one, 'word', one.value)}",
                one.label,
                with_thresholds(MEANINGS[kind][one]),
                spelled=getattr(one, "word", one.value),
                mark=drawn.get(one, "") if kind is words.CellState else "",
                example=known.get((kind, one)),
            )
            for one in kind
        )
        yield Section(f"{anchor}-words", title, about, tuple(listed))


def _measure(known: dict[Key, Example]) -> Any:
    def word(one: Measure) -> Word:
        example = Example(reverse("tracker:home"), str(_("the first page"))) if one == Measure.READ else known.get((Measure, one))
        return Word(f"measure-{one.value}", one.label, counts(one), formula=formula(one), example=example)

    return word
