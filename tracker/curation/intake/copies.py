"""Which stored sources a new document repeats: the same text, a copy of a release, or one that is known by its title and its phrases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import F, Q
from rapidfuzz import fuzz

from tracker.evidence import checksum, folded
from tracker.folding import search_key
from tracker.models import Citation, Source

from .likeness import COPY, SAME, runs_of, shared

#: A release is carried within days; older texts are looked at only when they have no date.
DAYS_APART = 21
#: Texts compared at most: those published nearest, of two texts without a date the newest.
MOST_TEXTS = 200
ALIKE_TITLE = 92
#: Of a source whose text is not kept its cited phrases are known: so many of them, and most of them, tell it.
FEWEST_PHRASES = 3
MOST_OF_PHRASES = 0.7


class How(StrEnum):
    IDENTICAL = "identical"
    SAME = "same"
    PARTLY = "partly"
    PHRASES = "phrases"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A stored source, and how a new document is like it."""

    source: Any
    how: How
    share: float

    @property
    def is_copy(self) -> bool:
        return self.how in {How.SAME, How.PARTLY, How.PHRASES}

    @property
    def percent(self) -> int:
        return round(self.share * 100)


def likenesses(text: str, title: str, published: date | None, digest: str = "") -> list[Likeness]:
    """Return the stored sources that the document repeats, the likest first."""
    digests = {checksum(text.encode()), digest} - {""}
    known = {source.pk: Likeness(source, How.IDENTICAL, 1.0) for source in Source.objects.filter(text_sha256__in=digests).order_by("pk").defer("text")}
    near = Source.objects.filter(_near(published)).order_by(F("published_latest").asc(nulls_last=True), "pk")
    for found in (*_by_text(near, text, published), *_by_phrases(near, text), *_by_title(near, title)):
        known.setdefault(found.source.pk, found)
    return sorted(known.values(), key=lambda one: (list(How).index(one.how), -one.share, one.source.pk))


def original(found: list[Likeness], published: date | None) -> Any:
    """Return the source that the document most likely copies, or None: the likest of those that were not published after it."""
    before = [one for one in found if one.is_copy and not (published and one.source.published_earliest and one.source.published_earliest > published)]
    return before[0].source if before else None


def _near(published: date | None) -> Q:
    if published is None:
        return Q()
    return Q(published_latest__isnull=True) | Q(
        published_latest__gte=published - timedelta(DAYS_APART), published_earliest__lte=published + timedelta(DAYS_APART)
    )


def _by_text(near: Any, text: str, published: date | None) -> Iterator[Likeness]:
    runs = runs_of(text)
    days = near.exclude(text="").values_list("published_latest", "pk")
    nearest = sorted(days, key=lambda one: (one[0] is None, abs(((published or date.max) - (one[0] or date.min)).days), -one[1]))
    for source in Source.objects.filter(pk__in=[pk for _day, pk in nearest[:MOST_TEXTS]]).order_by("pk").iterator(chunk_size=20):
        share = shared(runs, runs_of(source.text))
        if share >= COPY:
            yield Likeness(source, How.SAME if share >= SAME else How.PARTLY, share)


def _by_phrases(near: Any, text: str) -> Iterator[Likeness]:
    here = folded(text)
    phrases: dict[int, set[str]] = defaultdict(set)
    cited = Citation.objects.filter(source__in=near.filter(text="").values("pk")).exclude(phrase="")
    for source, phrase in cited.order_by("pk").values_list("source_id", "phrase")[: 50 * MOST_TEXTS]:
        phrases[source].add(folded(phrase))
    shares = {source: sum(phrase in here for phrase in known) / len(known) for source, known in phrases.items() if len(known) >= FEWEST_PHRASES}
    telling = {source: share for source, share in shares.items() if share >= MOST_OF_PHRASES}
    for source in Source.objects.filter(pk__in=telling).order_by("pk").defer("text"):
        yield Likeness(source, How.PHRASES, telling[source.pk])


def _by_title(near: Any, title: str) -> Iterator[Likeness]:
    key = search_key(title)
    for source in near.defer("text")[: 5 * MOST_TEXTS] if key else ():
        alike = fuzz.ratio(key, search_key(source.title))
        if alike >= ALIKE_TITLE:
            yield Likeness(source, How.TITLE, alike / 100)
