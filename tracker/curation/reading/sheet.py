"""What the reading desk shows: the lines of a source with the names that stand in them, and each open commitment with what the text suggests of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.evidence import LONGEST_PHRASE, lines
from tracker.models import Citation, Participant

from .known import commitments_by_name, open_commitments, parties_by_name, people_by_name
from .marks import Hit, Names, Piece, Sort, by_record, pieces
from .stems import Stems
from .triggers import Suggestion, Triggers


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the source under the number that a locator gives it."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A commitment on the list. ``recorded``: what this source is already cited for at this meeting."""

    commitment: Any
    hits: tuple[Hit, ...]
    phrase: str
    suggestion: Suggestion
    recorded: tuple[str, ...]

    @property
    def is_named(self) -> bool:
        return bool(self.hits)

    @property
    def line(self) -> int | None:
        return self.hits[0].line if self.hits else None

    @property
    def line_numbers(self) -> list[int]:
        return sorted({hit.line for hit in self.hits})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may have spoken: named in the text, or in the room."""

    pk: int
    name: str
    party: Any


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[Line, ...]
    named: tuple[Entry, ...]
    others: tuple[Entry, ...]
    parties: tuple[Any, ...]
    people: tuple[Person, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.named + self.others


def sheet(source: Any, meeting: Any) -> Sheet:
    """Return what is shown for reading ``source`` as a report of ``meeting``."""
    document = lines(source.text)
    commitments = list(open_commitments(meeting.series_id, meeting.starts_earliest).select_related("parent"))
    parties = list(meeting.series.parties.in_order())
    stems = Stems()
    people = list(people_by_name(party.pk for party in parties))
    hits = Names([*commitments_by_name(commitments), *people, *parties_by_name()], stems).hits(document)
    entries = list(_entries(commitments, document, hits, _recorded(source, meeting), Triggers(stems)))
    by_line = defaultdict(list)
    for hit in hits:
        by_line[hit.line].append(hit)
    return Sheet(
        lines=tuple(Line(number, tuple(pieces(line, by_line[number]))) for number, line in enumerate(document, start=1)),
        named=tuple(sorted((entry for entry in entries if entry.is_named), key=_place)),
        others=tuple(entry for entry in entries if not entry.is_named),
        parties=tuple(parties),
        people=tuple(_speakers(meeting, hits)),
    )


def _place(entry: Entry) -> tuple[bool, int, int]:
    """Return what orders the commitments that are named: the concrete ones first, each where it is first named."""
    return entry.commitment.is_area, entry.hits[0].line, entry.hits[0].start


def _entries(
    commitments: Sequence[Any], document: Sequence[str], hits: Sequence[Hit], recorded: dict[int, tuple[str, ...]], triggers: Triggers
) -> Iterator[Entry]:
    found = by_record(hits, Sort.COMMITMENT)
    for row in commitments:
        mine = found.get(row.pk, [])
        said = triggers.suggestion(document[mine[0].line - 1], mine[0].start) if mine else Suggestion()
        yield Entry(row, tuple(mine), _phrase(document, mine), said, recorded.get(row.pk, ()))


def _phrase(document: Sequence[str], hits: Sequence[Hit]) -> str:
    """Return the words of the first place at which the name stands: the phrase that is proposed."""
    words = document[hits[0].line - 1][hits[0].start : hits[0].end].split() if hits else []
    return " ".join(words[:LONGEST_PHRASE])


def _recorded(source: Any, meeting: Any) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    cited = Citation.objects.filter(source=source, mention__meeting=meeting).order_by("pk").values_list("mention__commitment_id", "phrase", "paraphrase")
    for commitment, phrase, paraphrase in cited:
        found[commitment] = (*found.get(commitment, ()), phrase or paraphrase)
    return found


def _speakers(meeting: Any, hits: Sequence[Hit]) -> Iterator[Person]:
    from_room = {there.participant_id: there.participant for there in meeting.attendances.select_related("participant__home_party") if there.participant_id}
    named = list(dict.fromkeys(pk for hit in hits if hit.sort is Sort.PARTICIPANT for pk in hit.pks))
    rows = {row.pk: row for row in Participant.objects.filter(pk__in=set(named) - set(from_room)).select_related("home_party")} | from_room
    for row in sorted(rows.values(), key=lambda one: one.name_key):
        yield Person(row.pk, row.name, row.home_party)
