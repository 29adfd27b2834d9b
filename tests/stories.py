"""Stories in letters: one letter per occasion of the project ``mill`` under the area ``industry``, a fixed number of days apart.

``t`` talk            ``m`` memorandum      ``c`` contract       ``d`` delivery        (voiced, read in both sides' own texts)
``.`` read by both    ``s`` one side read   ``w`` one paper read ``?`` nobody looked   (not voiced)
``u`` talk, not read  ``v`` talk, weakly read                    ``e`` read, only the area named
``T`` talk at a meeting called for it       ``o`` read, a meeting called for something else
``b`` background      ``r`` recalled        ``k`` claimed        ``x`` rejected        (read by both, none counts)
``S`` a statement     ``G`` a meeting of another series          (voiced, no column)

``states`` gives a row of cells back in letters: ``-`` before, ``v`` voiced, ``x`` closed, ``i`` ineligible, ``?`` unobserved, ``e`` echoed, ``.`` silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tracker.dates import UncertainDate
from tracker.history.facts import CitationFact, CommitmentFact, MeetingFact, MentionFact, MilestoneFact, Record, ReportFact, SeriesFact, SourceFact
from tracker.history.results import Cell, Trace
from tracker.history.thresholds import THRESHOLDS, Thresholds
from tracker.history.trace import trace
from tracker.vocabulary import (
    Act,
    Carried,
    CellState,
    CommitmentKind,
    Extent,
    Format,
    Level,
    Reach,
    SeriesKind,
    SourceKind,
    Stage,
    Standing,
    Strength,
)

START = date(2020, 1, 1)
LISTED = date(2026, 1, 1)
READ = date(2026, 2, 1)
LATER = date(2060, 1, 1)
BOTH = frozenset({"pakistan", "russia"})
SERIES = SeriesFact("pakistan-russia", SeriesKind.DYAD, BOTH, LATER)
AREA = CommitmentFact("industry", CommitmentKind.AREA, SERIES.slug, BOTH, LISTED)
MILL = CommitmentFact("mill", CommitmentKind.PROJECT, SERIES.slug, BOTH, LISTED, parent="industry")

VOICED = "tmcduvTSG"
READINGS = {"u": "", "?": "", "S": "", "G": "", "w": "w", "v": "w", "s": "p"}
RUNGS = {"m": Stage.MEMORANDUM, "c": Stage.CONTRACTED, "d": Stage.DELIVERED}
ACTS = {"m": Act.SIGNED, "c": Act.SIGNED, "d": Act.DELIVERED}
REACHES = {"b": Reach.BACKGROUND, "r": Reach.RECALLED}
STANDINGS = {"k": Standing.CLAIMED, "x": Standing.REJECTED}
REMITS = {"T": frozenset({"mill"}), "o": frozenset({"wheat"})}
LETTERS = {
    CellState.BEFORE: "-",
    CellState.VOICED: "v",
    CellState.CLOSED: "x",
    CellState.INELIGIBLE: "i",
    CellState.UNOBSERVED: "?",
    CellState.ECHOED: "e",
    CellState.SILENT: ".",
}


def day(number: int, step: int = 100) -> date:
    """Return the day of the story's occasion ``number``, from 0."""
    return START + timedelta(days=number * step)


def on(number: int, step: int = 100) -> UncertainDate:
    return UncertainDate.on(day(number, step))


def own_text(party: str, slug: str = "") -> SourceFact:
    """Return the whole text that ``party`` itself put out."""
    slug = slug or f"{party}-release"
    return SourceFact(slug, SourceKind.OFFICIAL, party, Carried.WHOLE, root=slug)


def paper(slug: str = "paper", root: str | None = None) -> SourceFact:
    """Return a newspaper's own report; its copy root is unknown unless it is given."""
    return SourceFact(slug, SourceKind.NEWSPAPER, carried=Carried.OWN, root=root)


def joint_text(slug: str = "communique") -> SourceFact:
    return SourceFact(slug, SourceKind.JOINT_TEXT, carried=Carried.WHOLE, root=slug, joint=True)


def read(meeting: str, source: SourceFact, read_on: date | None = READ, extent: Extent = Extent.FULL) -> ReportFact:
    return ReportFact(meeting, source, extent, read_on)


def meeting(slug: str, when: UncertainDate, **fields: Any) -> MeetingFact:
    """Return a general meeting of leaders of the series, unless ``fields`` say otherwise."""
    basis = MeetingFact(slug, SERIES.slug, Format.TALKS, Level.LEADERS, when)
    return replace(basis, **fields)


def cite(source: SourceFact, **fields: Any) -> CitationFact:
    """Return a voiced citation of ``source`` by Pakistan, unless ``fields`` say otherwise."""
    basis = CitationFact(f"c-{source.slug}", source, party="pakistan", phrase="a few words", reach=Reach.VOICED, act=Act.DISCUSSED, strength=Strength.TALKED)
    return replace(basis, **fields)


def mention(at: str, *citations: CitationFact, commitment: str = "mill", act: Act = Act.DISCUSSED, standing: Standing = Standing.ACCEPTED) -> MentionFact:
    """Return a mention, voiced in Pakistan's own text unless ``citations`` say otherwise."""
    return MentionFact(commitment, at, act, citations or (cite(own_text("pakistan")),), standing)


def milestone(key: str, when: UncertainDate, **fields: Any) -> MilestoneFact:
    return replace(MilestoneFact("mill", key, when), **fields)


def story(letters: str, step: int = 100) -> Record:
    """Return the record that ``letters`` tell; its meetings are called ``m0``, ``m1`` and so on."""
    told = [_occasion(number, letter, step) for number, letter in enumerate(letters)]
    return Record(
        series=SERIES,
        meetings=tuple(one for one, _, _, _ in told),
        reports=tuple(report for _, reports, _, _ in told for report in reports),
        commitments=(AREA, MILL),
        mentions=tuple(one for _, _, mentions, _ in told for one in mentions),
        milestones=tuple(one for _, _, _, marks in told for one in marks),
    )


def run(letters: str, step: int = 100, of: str = "mill", thresholds: Thresholds = THRESHOLDS) -> Trace:
    """Return the trace of the story that ``letters`` tell, as of its last day."""
    return trace(story(letters, step), of, day(max(len(letters) - 1, 0), step), thresholds)


def states(found: Trace) -> str:
    """Return the row of cells in letters."""
    return "".join(LETTERS[cell.state] for cell in found.cells)


def cell(found: Trace, slug: str) -> Cell:
    return next(one for one in found.cells if one.meeting == slug)


def added(record: Record, **rows: Iterable[Any]) -> Record:
    """Return ``record`` with further rows."""
    more: dict[str, Any] = {name: (*getattr(record, name), *new) for name, new in rows.items()}
    return replace(record, **more)


def _occasion(number: int, letter: str, step: int) -> tuple[MeetingFact, list[ReportFact], list[MentionFact], list[MilestoneFact]]:
    slug = f"m{number}"
    place = meeting(
        slug,
        on(number, step),
        format=Format.INTERVIEW if letter == "S" else Format.TALKS,
        series="sco-heads-of-state" if letter == "G" else SERIES.slug,
        general=letter not in REMITS,
        remit=REMITS.get(letter, frozenset()),
    )
    sources = {"p": own_text("pakistan", f"{slug}-p"), "r": own_text("russia", f"{slug}-r"), "w": paper(f"{slug}-w")}
    reports = [read(slug, sources[name]) for name in READINGS.get(letter, "pr")]
    marks = [milestone(f"{letter}{number}", on(number, step), stage=RUNGS[letter], meeting=slug)] if letter in RUNGS else []
    return place, reports, _mentions(slug, letter), marks


def _mentions(slug: str, letter: str) -> list[MentionFact]:
    if letter == "e":
        return [mention(slug, cite(own_text("pakistan", f"{slug}-p")), commitment="industry")]
    if letter not in VOICED and letter not in REACHES and letter not in STANDINGS:
        return []
    voicing = cite(own_text("pakistan", f"{slug}-p"), reach=REACHES.get(letter, Reach.VOICED))
    return [mention(slug, voicing, act=ACTS.get(letter, Act.DISCUSSED), standing=STANDINGS.get(letter, Standing.ACCEPTED))]
