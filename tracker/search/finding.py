"""The public records that hold what is wanted, best first within each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, Value

from tracker.dates import UncertainDate
from tracker.folding import apart, search_key
from tracker.models import Commitment, Meeting, Participant, Party, SearchEntry, Source
from tracker.models.publication import published_itself, span

from .asking import Wanted, understood
from .engines import holding
from .places import KINDS, Kind, is_alias, kind_at
from .places import span as places
from .spelling import nearest

#: So many entries of a kind are looked at: more is no answer, and then another word is needed.
MOST_HITS = 300
#: So many are offered while somebody types.
SUGGESTIONS = 8

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One record. ``text`` is what is shown of it, in ``language``; ``alias`` is the other name it was found by, if it was; ``about``
    says what it belongs to; ``anchor`` leads within its page. The higher the ``rank``, the better it answers."""

    kind: Kind
    slug: str
    text: str
    language: str = ""
    alias: str = ""
    about: str = ""
    anchor: str = ""
    when: UncertainDate | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """``instead`` is what was searched for where what was typed stands nowhere; ``more`` holds the kinds of which not all was looked at."""

    hits: tuple[Hit, ...]
    wanted: Wanted
    instead: Wanted | None = None
    more: frozenset[Kind] = frozenset()

    def of(self, kind: Kind) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if hit.kind == kind)


def search(typed: str) -> Found:
    """Return the public records that hold all that was typed; if there are none, those that hold the nearest words of names."""
    return _found(typed, _LOOKS, MOST_HITS)


def suggestions(typed: str) -> Found:
    """Return the names that begin with what was typed, or hold it, best first, whatever their kind."""
    found = _found(typed, _LOOKS[:3], 5 * SUGGESTIONS)
    best = sorted(found.hits, key=lambda hit: (-hit.rank, KINDS.index(hit.kind)))
    return Found(tuple(best[:SUGGESTIONS]), found.wanted, found.instead)


def _found(typed: str, looks: Iterable[_Look], most: int) -> Found:
    wanted = understood(typed)
    if not wanted:
        return Found((), wanted)
    hits, more = _hits(wanted, looks, most)
    if hits or (near := nearest(wanted)) is None:
        return Found(hits, wanted, None, more)
    hits, more = _hits(near, looks, most)
    return Found(hits, wanted, near if hits else None, more)


def _hits(wanted: Wanted, looks: Iterable[_Look], most: int) -> tuple[tuple[Hit, ...], frozenset[Kind]]:
    hits: list[Hit] = []
    more: set[Kind] = set()
    for look in looks:
        rows = look.rows(wanted, most + 1)
        if len(rows) > most:
            more.update(look.kinds)
        ranked = sorted((look.hit(wanted, *row) for row in rows[:most]), key=lambda hit: -hit.rank)
        # A record found by several of its names stands once, by the one that answers best; so does a passage that two sources share.
        once: dict[Row, Hit] = {}
        for hit in ranked:
            if hit.alias and _is_left_out(wanted, hit):
                continue
            once.setdefault((hit.kind, hit.slug, hit.anchor, hit.text), hit)
        hits += once.values()
    return tuple(hits), frozenset(more)


def _is_left_out(wanted: Wanted, hit: Hit) -> bool:
    """Return whether the first name of what was found by another name holds a word that must not be there."""
    key = apart(search_key(hit.text)) if wanted.without else ""
    return any(term.is_in(key) for term in wanted.without)


@dataclass(frozen=True, slots=True)
class _Look:
    """How one kind of record, or two that are read together, is found: its places, what is public of it, the columns shown of it."""

    kinds: tuple[Kind, ...]
    public: Q
    columns: tuple[str, ...]
    hit: Callable[..., Hit]

    def rows(self, wanted: Wanted, most: int) -> list[Row]:
        """Return the first ``most`` public entries.

        The first places are looked up alone, twice as many as are wanted, and what is shown and whether it is public is asked of those: PostgreSQL would
        otherwise ask it of every entry that holds the words, before it sorts them. Where most of the first are hidden, it is asked so all the same.
        """
        entries = SearchEntry.objects.annotate(is_public=ExpressionWrapper(self.public, output_field=BooleanField())).order_by("place")
        held = holding(SearchEntry.objects.all(), wanted, places(self.kinds[0], self.kinds[-1])).values("place")
        read = list(entries.filter(place__in=held[: 2 * most]).values_list("is_public", "place", "key", *self.columns))
        public = [row[1:] for row in read if row[0]]
        if len(read) == 2 * most and len(public) < most:
            public = list(entries.filter(place__in=held, is_public=True).values_list("place", "key", *self.columns)[:most])
        return public[:most]


def _commitment(wanted: Wanted, place: int, key: str, alias: str, language: str, slug: str, name: str, series: str) -> Hit:
    return Hit("commitment", slug, name, language, alias, series, rank=_rank(wanted, key, place))


def _person_or_party(wanted: Wanted, place: int, key: str, alias: str, language: str, *names: Any) -> Hit:
    slug, name, home, party_slug, party = names
    return Hit(kind_at(place), slug or party_slug, name or party, language, alias, home or "", rank=_rank(wanted, key, place))


def _meeting(wanted: Wanted, place: int, key: str, slug: str, title: str, where: str, series: str, earliest: Any, latest: Any) -> Hit:
    return Hit("meeting", slug, f"{where}: {title}" if where else title, about=series, when=span(earliest, latest), rank=_rank(wanted, key, place))


def _source(wanted: Wanted, place: int, key: str, slug: str, title: str, language: str, publisher: str, earliest: Any, latest: Any) -> Hit:
    return Hit("source", slug, title, language, about=publisher, when=span(earliest, latest), rank=_rank(wanted, key, place))


def _passage(wanted: Wanted, _place: int, _key: str, phrase: str, paraphrase: str, language: str, *where: Any) -> Hit:
    slug, commitment, meeting, earliest, latest = where
    in_phrase = bool(phrase) and wanted.is_in(apart(search_key(phrase)))
    shown, spoken = (phrase, language) if in_phrase or not paraphrase else (paraphrase, "")
    return Hit("passage", slug, shown, spoken, about=commitment, anchor=f"at-{meeting}", when=span(earliest, latest), rank=int(in_phrase))


def _public(rows: QuerySet[Any], name: str) -> Q:
    """Return the condition that what an entry leads to by ``name`` is among ``rows``: asked as a value, and of a few tables at a time, so that PostgreSQL
    takes it up row by row and not by beginning with all the rows that are public."""
    return Q(Subquery(rows.filter(pk=OuterRef(name)).order_by().values(so=Value(value=True)), output_field=BooleanField()))


_WAY = "citation__mention__"
_DAYS = ("starts_earliest", "starts_latest")
_LOOKS = (
    _Look(
        ("commitment",),
        _public(Commitment.objects.published(), "commitment"),
        ("alias", "language", "commitment__slug", "commitment__name", "commitment__series__title"),
        _commitment,
    ),
    _Look(
        ("party", "participant"),
        _public(Participant.objects.published(), "participant") | _public(Party.objects.published(), "party"),
        ("alias", "language", "participant__slug", "participant__name", "participant__home_party__name", "party__slug", "party__name"),
        _person_or_party,
    ),
    _Look(
        ("meeting",),
        _public(Meeting.objects.published(), "meeting"),
        ("meeting__slug", "meeting__title", "meeting__place", "meeting__series__title", *(f"meeting__{day}" for day in _DAYS)),
        _meeting,
    ),
    _Look(
        ("source",),
        _public(Source.objects.published(), "source"),
        ("source__slug", "source__title", "source__language", "source__publisher", "source__published_earliest", "source__published_latest"),
        _source,
    ),
    _Look(
        ("passage",),
        published_itself(_WAY)
        & _public(Commitment.objects.published(), f"{_WAY}commitment")
        & _public(Meeting.objects.published(), f"{_WAY}meeting")
        & _public(Source.objects.published(), "citation__source"),
        (
            "citation__phrase",
            "citation__paraphrase",
            "citation__source__language",
            f"{_WAY}commitment__slug",
            f"{_WAY}commitment__name",
            f"{_WAY}meeting__slug",
            *(f"{_WAY}meeting__{day}" for day in _DAYS),
        ),
        _passage,
    ),
)


def _rank(wanted: Wanted, key: str, place: int) -> int:
    """Return how well ``key`` answers: all of it, its beginning, whole words in it, beginnings of words; another name counts less than any first name."""
    asked, words = str(wanted), set(key.split())
    if key == asked:
        rank = 4
    elif key.startswith(asked):
        rank = 3
    else:
        rank = 2 if all(word in words for word in asked.split()) else 1
    return rank if is_alias(place) else rank + 4
