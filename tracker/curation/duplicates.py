"""Records that look like two of one: by their folded names, within a bound that any set of records keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from django.db import models
from rapidfuzz import fuzz

from tracker.chronicle import among
from tracker.folding import search_key
from tracker.models import Apart, Commitment, Merge, Participant, Source
from tracker.models.merge import MERGED_KINDS
from tracker.vocabulary import CommitmentKind, PublicationState

from .workflow import Hand

#: Two names that are as like as this, in percent and whatever the order of their words, may be of one.
ALIKE = 88
#: So many records of a kind, those added last, are compared with each other: looking stays quick however many there are.
NEWEST = 3_000
#: Names are compared if they share the beginning of a word, of so many letters; of a name so many words are looked at.
BEGINNING, WORDS = 3, 8
#: Up to so many names with one beginning are compared each with each, of more each with so many neighbours in the alphabet.
FEW, NEIGHBOURS = 24, 6
#: A form says of at most so many records that they look like the one it shows.
MOST_HINTS = 3

MODELS: dict[str, type[Any]] = {"commitment": Commitment, "participant": Participant, "source": Source}


@dataclass(frozen=True, slots=True)
class Name:
    """One folded name of a record, its words in alphabetical order.

    ``within`` is what two of one kind share if they are one; ``days`` when a source was published, if that is known.
    """

    pk: int
    key: str
    within: tuple[Any, ...] = ()
    days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that look alike, the one with the lower number first, and how alike their likest names are, in percent."""

    kind: str
    first: int
    second: int
    percent: int


def pairs(kind: str) -> list[Pair]:
    """Return the pairs of records of ``kind`` that look like two of one and of which nobody has said that they are not, the likest first."""
    found: dict[tuple[int, int], int] = {}
    for one, other in _candidates(_names(kind)):
        key = (min(one.pk, other.pk), max(one.pk, other.pk))
        if one.pk != other.pk and found.get(key, 0) < 100 and (alike := _alike(one, other)) > found.get(key, 0):
            found[key] = alike
    apart = set(Apart.objects.filter(kind=kind).values_list("first", "second")) | (_copies() if kind == "source" and found else set())
    kept = [Pair(kind, *key, percent) for key, percent in found.items() if key not in apart]
    return sorted(kept, key=lambda pair: (-pair.percent, pair.first, pair.second))


def count() -> int:
    """Return how many pairs of records look like two of one."""
    return sum(len(pairs(kind)) for kind in MERGED_KINDS)


def like(row: models.Model) -> list[tuple[Any, int]]:
    """Return the records that look like ``row``, with how alike they are, the likest first."""
    kind = str(row._meta.model_name)
    names = _names(kind)
    mine = [one for one in names if one.pk == row.pk] or list(_names_of(kind, MODELS[kind]._default_manager.filter(pk=row.pk)))
    best: dict[int, int] = {}
    for one in mine:
        for other in names:
            if other.pk != row.pk and (alike := _alike(one, other)):
                best[other.pk] = max(alike, best.get(other.pk, 0))
    if not best:
        return []
    apart = {
        pk for both in Apart.objects.filter(kind=kind).filter(models.Q(first=row.pk) | models.Q(second=row.pk)).values_list("first", "second") for pk in both
    }
    apart |= {pk for both in (_copies() if kind == "source" else ()) if row.pk in both for pk in both}
    wanted = sorted((pk for pk in best if pk not in apart), key=lambda pk: (-best[pk], pk))[:MOST_HINTS]
    rows = MODELS[kind]._default_manager.in_bulk(wanted)
    return [(rows[pk], best[pk]) for pk in wanted]


def keep_apart(pair: Pair, reason: str, by: Hand) -> None:
    """Keep in mind that the two are not the same. Said again, it changes nothing."""
    about = {"reason": " ".join(reason.split()), "by": by.user, "made": by.now}
    Apart.objects.get_or_create(kind=pair.kind, first=pair.first, second=pair.second, defaults=about)


def _alike(one: Name, other: Name) -> int:
    """Return how alike two names are, or 0 if they are not, or can't be of one record."""
    if one.within != other.within or (one.days and other.days and (one.days[0] > other.days[1] or other.days[0] > one.days[1])):
        return 0
    return round(fuzz.ratio(one.key, other.key, score_cutoff=ALIKE))


def _candidates(names: Sequence[Name]) -> Iterator[tuple[Name, Name]]:
    """Yield names that are worth comparing: not each with each."""
    blocks: dict[tuple[Any, ...], list[Name]] = defaultdict(list)
    for name in names:
        for beginning in {word[:BEGINNING] for word in name.key.split()[:WORDS]}:
            blocks[name.within, beginning].append(name)
    for block in blocks.values():
        if len(block) <= FEW:
            yield from combinations(block, 2)
        else:
            block.sort(key=lambda name: (name.key, name.pk))
            yield from ((one, other) for place, one in enumerate(block) for other in block[place + 1 : place + 1 + NEIGHBOURS])


def _names(kind: str) -> list[Name]:
    """Return the names of the records of a kind that were added last."""
    return list(_names_of(kind, _newest(kind)))


def _newest(kind: str) -> models.QuerySet[Any]:
    """Return the records that are looked at: what is withdrawn is no longer in anybody's way, and what was merged is settled."""
    merged = Merge.objects.standing().filter(kind=kind).values("gone")
    rows: models.QuerySet[Any] = MODELS[kind]._default_manager.exclude(state=PublicationState.WITHDRAWN).exclude(pk__in=merged)
    return rows.order_by("-pk")[:NEWEST]


def _names_of(kind: str, rows: models.QuerySet[Any]) -> Iterator[Name]:
    if kind == "source":
        for pk, title, publisher, address, *days in rows.values_list("pk", "title", "publisher", "url", "published_earliest", "published_latest"):
            yield Name(pk, _in_order(search_key(title)), (search_key(publisher),), (days[0], days[1]) if days[0] else None)
            if address:
                yield Name(pk, _in_order(search_key(address)), ("", address))
        return
    is_commitment = kind == "commitment"
    found = list(rows.values_list("pk", "name_key", *(("series_id", "kind") if is_commitment else ())))
    within = {pk: (rest[0], rest[1] == CommitmentKind.AREA) if is_commitment else () for pk, _key, *rest in found}
    yield from (Name(pk, _in_order(key), within[pk]) for pk, key, *_rest in found)
    others = MODELS[kind].names.rel.related_model._default_manager.filter(**{f"{kind}__in": among(within)})
    yield from (Name(pk, _in_order(key), within[pk]) for pk, key in others.values_list(f"{kind}_id", "name_key"))


def _in_order(key: str) -> str:
    return " ".join(sorted(key.split()))


def _copies() -> set[tuple[int, int]]:
    """Return the sources of which one is known to be a copy of the other: two documents, on purpose."""
    known = Source.objects.filter(derived_from__isnull=False).values_list("pk", "derived_from_id")
    return {(min(both), max(both)) for both in known if both[1] is not None}
