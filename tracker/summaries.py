"""Stored roll-ups: recomputed by the same pure functions as every page, and which of them a changed row touches."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Count, Q, QuerySet

from tracker.history.deadlines import OPEN_OUTCOMES
from tracker.history.facts import Record
from tracker.history.matrix import traces
from tracker.history.proof import cited_at
from tracker.history.results import Occasion, Trace
from tracker.models import Commitment, Mention, MentionSummary, Series, Source, Summary
from tracker.models.rows import quoted
from tracker.models.source import LONGEST_COPY_CHAIN
from tracker.queries.facts import family, family_record, series_record
from tracker.vocabulary import CellState, Reach, StatedCondition, Voice

#: Nothing in a roll-up changes with the clock, so the last day there is will do for a clock.
END_OF_TIME = date.max
#: One roll-up: its table, the key of what it rolls up, its values by field.
RollUp = tuple[type[models.Model], int, dict[str, Any]]
#: So many mentions of one series are held in memory at a time, some 1.5 kilobytes each.
MENTIONS_HELD = 20_000

#: For each kind of row, the ways from a commitment to it along which a change of the row reaches the roll-up.
_WAYS = {
    "party": (
        "parties",
        "series__parties",
        "series__meetings__attendances__party",
        "series__meetings__reports__source__issued_by",
        "mentions__citations__source__issued_by",
        "mentions__citations__party",
    ),
    "series": ("series", "mentions__meeting__series"),
    "participant": ("series__meetings__attendances__participant",),
    "meeting": ("series__meetings", "mentions__meeting", "milestones__meeting", "deadlines__stated_at"),
    "source": ("series__meetings__reports__source", "mentions__citations__source", "milestones__citations__source", "deadlines__citations__source"),
    "commitment": ("pk", "children"),
    "citation": ("mentions__citations", "milestones__citations", "deadlines__citations"),
    "mention": ("mentions",),
    "milestone": ("milestones",),
    "deadline": ("deadlines",),
}


def recomputed(trace: Trace) -> dict[str, Any]:
    """Return the values of the roll-up of one commitment, by field, from its trace."""
    found, stated = trace.measures, trace.condition.stated_by
    same_name = ("voiced_meetings", "called_for", "statements", "voiced_of_read", "read", "eligible", "echoed", "quiet_meetings", "eligible_since")
    return {
        "stage": trace.stage,
        "stated_condition": StatedCondition(str(trace.condition.condition)) if stated else "",
        **_days("first_voiced", found.first_voiced),
        **_days("last_voiced", found.last_voiced),
        **_days("last_moved", found.last_moved),
        **{name: getattr(found, name) for name in same_name},
        "last_two_echoed": _last_two_echoed(trace),
        "idle_restatements": found.idle_restatements,
        "voicings": trace.condition.numbers["voicings"],
        "one_sided_meetings": sum(1 for cell in trace.cells if cell.one_sided),
        "came_back": found.came_back,
        "deadlines_resolved": found.deadlines_resolved,
        "deadlines_missed": found.deadlines_missed,
        "unresolved_due": _unresolved_due(trace),
        "evidence_grade": found.evidence or "",
    }


def recomputed_mention(one: Occasion) -> dict[str, Any]:
    """Return the values of the roll-up of one mention, by field, from its occasion. Who voices what does not count is told too, as lists print it."""
    return {
        "voice": _voice(one),
        "evidence_grade": one.grade,
        "strength": one.strength,
        "specificity": one.specificity,
        "one_sided": one.one_sided,
    }


def refresh(commitment_ids: Iterable[int] | None = None) -> None:
    """Write the roll-ups of these commitments, of the areas above them and of everything under them; of all, if none are named.

    What is not public, or no longer, has no roll-up. Rerun, it changes nothing.
    """
    with transaction.atomic():
        if commitment_ids is None:
            _refresh_all()
        else:
            _refresh_some(set(commitment_ids))


def touched_by(row: models.Model) -> set[int]:
    """Return the keys of the commitments whose roll-up a change of ``row`` may reach, as the tables stand now."""
    if row.pk is None:
        return set()
    ways = _WAYS.get(row._meta.model_name or "", ())
    if isinstance(row, Source):
        copies = [Q(**{"__".join(["derived_from"] * links): row.pk}) for links in range(1, LONGEST_COPY_CHAIN + 1)]
        return _reached(ways, Source.objects.filter(reduce(or_, copies, Q(pk=row.pk))).values("pk"))
    return _reached(ways, [row.pk])


def _reached(ways: Iterable[str], keys: Any) -> set[int]:
    found: set[int] = set()
    for way in ways:
        found.update(Commitment.objects.filter(**{f"{way}__in": keys}).values_list("pk", flat=True))
    return found


def _refresh_all() -> None:
    Summary.objects.exclude(commitment__in=Commitment.objects.published()).delete()
    MentionSummary.objects.all().delete()
    with _uncollected():
        for slug in Series.objects.published().in_order().values_list("slug", flat=True):
            for record, keys in _records(slug):
                _store(record, keys)


def of_series(slug: str) -> Iterator[RollUp]:
    """Yield the roll-ups of a public series as its rows give them."""
    for record, keys in _records(slug):
        yield from _rolled_up(record, keys)


def _records(slug: str) -> Iterator[tuple[Record | None, dict[str, int]]]:
    """Yield what is public of a series with the keys of its commitments: all at once, or some families after the other where that is too much to be held."""
    own = Commitment.objects.published().in_series(slug)
    keys = dict(own.values_list("slug", "pk"))
    shares = list(_shares(own))
    if len(shares) == 1:
        yield series_record(slug), keys
        return
    for share in shares:
        yield family_record(Commitment.objects.filter(pk__in=share)), {name: pk for name, pk in keys.items() if pk in share}


def _shares(own: QuerySet[Any]) -> Iterator[set[int]]:
    """Yield the keys of whole families, together with hardly more mentions than may be held at once."""
    parents = dict(own.order_by("pk").values_list("pk", "parent"))
    mentions = dict(Mention.objects.filter(commitment__in=own.order_by().values("pk")).order_by().values_list("commitment").annotate(Count("pk")))
    kin: dict[int, set[int]] = defaultdict(set)
    for pk in parents:
        kin[_eldest(pk, parents)].add(pk)
    share, held = set[int](), 0
    for together in kin.values():
        number = sum(mentions.get(pk, 0) for pk in together)
        if share and held + number > MENTIONS_HELD:
            yield share
            share, held = set(), 0
        share, held = share | together, held + number
    if share:
        yield share


def _eldest(pk: int, parents: Mapping[int, int | None]) -> int:
    """Return the one above all that hang over ``pk``, as far as ``parents`` has them."""
    seen = {pk}
    while (parent := parents.get(pk)) is not None and parent in parents and parent not in seen:
        seen.add(pk := parent)
    return pk


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python not look for cycles among values: there are very many, and none. It took a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _refresh_some(ids: set[int]) -> None:
    """The area above a commitment counts what is under it, and what is under an area is echoed by it."""
    touched = family(Commitment.objects.filter(pk__in=ids))
    hanging = Q(commitment__in=ids) | Q(commitment__parent__in=ids) | Q(commitment__parent__parent__in=ids)
    Summary.objects.filter(hanging).exclude(commitment__in=Commitment.objects.published()).delete()
    MentionSummary.objects.filter(Q(mention__commitment__in=touched.values("pk")) | Q(mention__in=Mention.objects.filter(hanging))).delete()
    rows = touched.order_by("series_id", "pk").values_list("series_id", "slug", "pk")
    for _series, same in groupby(list(rows), key=lambda row: row[0]):
        keys = {slug: pk for _series, slug, pk in same}
        _store(family_record(Commitment.objects.filter(pk__in=keys.values())), keys)


def _rolled_up(record: Record | None, keys: Mapping[str, int]) -> Iterator[RollUp]:
    """Yield the roll-ups of those commitments of ``record`` that ``keys`` names, and of their mentions."""
    for trace in traces(record, END_OF_TIME) if record else ():
        slug = trace.commitment.slug
        if slug in keys:
            yield Summary, keys[slug], recomputed(trace)
            for one in trace.occasions:
                if one.mention.commitment == slug and one.mention.pk:
                    yield MentionSummary, one.mention.pk, recomputed_mention(one)


def _store(record: Record | None, keys: Mapping[str, int]) -> None:
    found: dict[type[models.Model], dict[int, dict[str, Any]]] = {Summary: {}, MentionSummary: {}}
    for model, pk, values in _rolled_up(record, keys):
        found[model][pk] = values
    _write([Summary(commitment_id=pk, **values) for pk, values in found[Summary].items()])
    _write_mentions(found[MentionSummary])


def _write(rows: Sequence[Summary]) -> None:
    fields = [field.name for field in Summary._meta.concrete_fields if not field.primary_key]
    Summary.objects.bulk_create(rows, batch_size=500, update_conflicts=True, unique_fields=["commitment"], update_fields=fields)


def _write_mentions(found: Mapping[int, Mapping[str, Any]]) -> None:
    """Hand the values to the driver as they are: a commitment has dozens of mentions, and making models of them took as long as reading them."""
    key, *others = MentionSummary._meta.concrete_fields
    names = [quoted(str(field.column)) for field in (key, *others)]
    put = (
        f"INSERT INTO {quoted(MentionSummary._meta.db_table)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))}) "
        f"ON CONFLICT ({names[0]}) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in names[1:])}"
    )
    rows = [(pk, *(_plain(values[field.name]) for field in others)) for pk, values in found.items()]
    with connection.cursor() as cursor:
        cursor.executemany(put, rows)


def _plain(value: Any) -> Any:
    """Return a word of the vocabulary as the tables keep it: a driver would write the name of it, not the word."""
    return value.value if isinstance(value, Enum) else value


def _voice(one: Occasion) -> str:
    heard = cited_at(one.mention, Reach.VOICED)
    parties = {citation.party for citation in heard if citation.party}
    if not heard:
        return ""
    if len(parties) > 1 or any(citation.both_sides for citation in heard):
        return Voice.BOTH
    return Voice.ONE if parties else Voice.UNNAMED


def _days(name: str, when: Any) -> dict[str, date | None]:
    return {f"{name}_earliest": when.earliest if when else None, f"{name}_latest": when.latest if when else None}


def _last_two_echoed(trace: Trace) -> bool:
    read = [cell.state for cell in trace.cells if cell.counted][-2:]
    return read == [CellState.ECHOED, CellState.ECHOED]


def _unresolved_due(trace: Trace) -> date | None:
    latest = (track.promises[-1] for track in trace.deadlines)
    return min((promise.due.latest for promise in latest if promise.outcome in OPEN_OUTCOMES), default=None)
