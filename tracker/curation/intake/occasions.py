"""Which meeting a document reports: one that is known, by its day, its place and its people, or a new one as far as the words tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.curation.reading.known import commitments_by_name, parties_by_name, people_by_name
from tracker.curation.reading.marks import Hit, Names, Sort
from tracker.curation.reading.stems import Stems
from tracker.models import Commitment, Meeting, Participant, Series
from tracker.vocabulary import Format, Level, PublicationState

from .days import NamedDay

#: A report comes out on the day or soon after; an older meeting is rarely what it is about.
DAYS_AFTER = 10
MOST_CANDIDATES = 6
#: Commitments whose names are looked for where no party is named.
MOST_COMMITMENTS = 5_000
#: The day of the meeting is told near the top.
TOP_LINES = 10

_FORMATS: tuple[tuple[Format, re.Pattern[str]], ...] = (
    (Format.CALL, re.compile(r"\b(?:telephone|phone) (?:call|conversation|talk)|telephonic|telephoned|телефонн\w+ разговор|ٹیلی ?فون", re.IGNORECASE)),
    (Format.VIDEO, re.compile(r"\bvideo ?(?:conference|link|call)|видеоконференц|ویڈیو (?:کانفرنس|لنک)", re.IGNORECASE)),
    (Format.SIDELINES, re.compile(r"\bon the (?:sidelines|margins)\b|на полях|سائیڈ لائن|موقع پر ملاقات", re.IGNORECASE)),
    (Format.COMMISSION, re.compile(r"\binter-?governmental commission|межправительственн\w+ комисси|بین الحکومتی کمیشن", re.IGNORECASE)),
    (Format.INTERVIEW, re.compile(r"\bin an (?:exclusive )?interview|в интервью|انٹرویو", re.IGNORECASE)),
    (
        Format.VISIT,
        re.compile(r"\b(?:official|state|working|two-day|three-day) visit to\b.{0,80}\b(?:began|arrived|concluded)|прибыл с .{0,30}визитом", re.IGNORECASE),
    ),
)
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    (Level.LEADERS, re.compile(r"\b(?:president|prime minist?er|premier)\b|президент|премьер|صدر|وزیر ?اعظم", re.IGNORECASE)),
    (Level.MINISTERS, re.compile(r"\bminister\b|министр|وزیر", re.IGNORECASE)),
)
_PLACE = re.compile(r"\b(?:[Mm]et|[Mm]eeting|[Tt]alks|[Vv]isit|[Ss]ummit|[Hh]eld)\b[^.]{0,120}?\bin ((?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)?)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known meeting, and what speaks for it."""

    meeting: Any
    same_day: bool
    place_named: bool
    people_named: int

    @property
    def weight(self) -> int:
        return 3 * self.same_day + 2 * self.place_named + min(self.people_named, 2)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a document says of its meeting. ``day_words``: the words that ``day`` was worked out from, empty where it is written out."""

    series: Any
    candidates: tuple[Candidate, ...]
    title: str
    place: str
    day: date | None
    day_words: str
    day_inferred: bool
    format: Format
    level: Level

    @property
    def likeliest(self) -> Any:
        """Return the known meeting that it most likely reports, or None: a day or a place speaks for it, not people alone."""
        best = self.candidates[0] if self.candidates else None
        return best.meeting if best and best.weight >= 3 else None


def occasion_of(lines: Sequence[str], days: Sequence[NamedDay], published: date | None) -> Occasion:
    """Return what ``lines`` say of the meeting that they report."""
    text = "\n".join(lines)
    stems = Stems()
    series = _series(Names(parties_by_name(), stems).hits(lines)) or _series_of_commitments(lines, stems)
    parties = list(series.parties.in_order()) if series else []
    people = _people(Names(people_by_name(party.pk for party in parties), stems).hits(lines))
    day, words, inferred = _day(days, published)
    candidates = _candidates(series, text, people, [*(one.day for one in days), day], published or day)
    return Occasion(
        series=series,
        candidates=tuple(candidates),
        title=_title(people, parties),
        place=_place(series, text, {party.name for party in parties}),
        day=day,
        day_words=words,
        day_inferred=inferred,
        format=next((word for word, told in _FORMATS if told.search(text)), Format.TALKS),
        level=next((word for word, told in _LEVELS if told.search("\n".join(lines[:TOP_LINES]))), Level.MINISTERS),
    )


def _series(hits: Sequence[Hit]) -> Any:
    """Return the series whose parties the text names most; where it names none, the only one there is."""
    named = Counter(pk for hit in hits if hit.sort is Sort.PARTY for pk in hit.pks)
    rows = list(Series.objects.exclude(state=PublicationState.WITHDRAWN).in_order().prefetch_related("parties"))
    if len(rows) == 1:
        return rows[0]
    best, most = None, (0, 0)
    for row in rows:
        counts = [named[party.pk] for party in row.parties.all()]
        # Both parties of a dyad, or nearly all of a forum: a text on two states names others in passing.
        weight = (min(sorted(counts, reverse=True)[:2]) if len(counts) > 1 else 0, -len(counts))
        if weight[0] and weight > most:
            best, most = row, weight
    return best


def _series_of_commitments(lines: Sequence[str], stems: Stems) -> Any:
    """Return the series whose commitments the text names most: parties are known by one name, commitments by names in many languages."""
    rows = {row.pk: row for row in Commitment.objects.exclude(state=PublicationState.WITHDRAWN).concrete().order_by("pk")[:MOST_COMMITMENTS]}
    hits = Names(commitments_by_name(rows.values()), stems).hits(lines)
    named = Counter(rows[pk].series_id for pk in {pk for hit in hits for pk in hit.pks})
    return Series.objects.filter(pk=max(named, key=lambda pk: (named[pk], -pk))).first() if named else None


def _people(hits: Sequence[Hit]) -> list[Any]:
    """Return the people whom the text names, in the order in which it names them: its principals come first."""
    named = list(dict.fromkeys(pk for hit in hits if hit.sort is Sort.PARTICIPANT for pk in hit.pks))
    return sorted(Participant.objects.filter(pk__in=named), key=lambda row: named.index(row.pk))


def _title(people: Sequence[Any], parties: Sequence[Any]) -> str:
    principals = [next((one.name for one in people if one.home_party_id == party.pk), "") for party in parties]
    if len(parties) == 2 and all(principals):
        return " and ".join(principals)
    return " and ".join(party.name for party in parties) if len(parties) == 2 else ""


def _day(days: Sequence[NamedDay], published: date | None) -> tuple[date | None, str, bool]:
    """Return the day of the meeting, the words it was worked out from, and whether it was: a day that the article tells goes before the day of its byline."""
    top = [one for one in days if one.line <= TOP_LINES and not (published and one.day > published)]
    told = next((one for one in top if one.inferred), None) or next((one for one in top if one.day != published), None)
    if told:
        return told.day, told.words if told.inferred else "", told.inferred
    return published, "", True


def _place(series: Any, text: str, parties: Collection[str]) -> str:
    known = Meeting.objects.filter(series=series).exclude(place="").order_by().values_list("place", flat=True).distinct() if series else ()
    found = sorted((place.start(), name) for name in known if (place := re.search(rf"\b{re.escape(name)}\b", text)))
    told = next((place for place in _PLACE.finditer(text) if "-" not in place[1] and place[1] not in parties), None)
    if told and (not found or told.start(1) < found[0][0]):
        return told[1]
    # The first place of an agency's text is where it sits: one that stands in capitals is a dateline.
    return found[0][1] if found else ""


def _candidates(series: Any, text: str, people: Sequence[Any], days: Sequence[date | None], published: date | None) -> list[Candidate]:
    if series is None or published is None:
        return []
    near = {"starts_latest__gte": published - timedelta(DAYS_AFTER), "starts_earliest__lte": published + timedelta(1)}
    rows = Meeting.objects.filter(series=series, **near).exclude(state=PublicationState.WITHDRAWN).newest_first().prefetch_related("attendances")
    named = {one.pk for one in people}
    found = [
        Candidate(
            meeting=row,
            same_day=any(day and row.starts_earliest <= day <= (row.ends or row.starts_latest) for day in days),
            place_named=bool(row.place) and row.place in text,
            people_named=len(named & {there.participant_id for there in row.attendances.all()}),
        )
        for row in rows[: 4 * MOST_CANDIDATES]
    ]
    return sorted(found, key=lambda one: (-one.weight, one.meeting.pk))[:MOST_CANDIDATES]
