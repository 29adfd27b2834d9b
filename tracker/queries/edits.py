"""Which edits readers may know of, newest first, and how much each of them added, corrected and withdrew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from tracker.models import Commitment, Deadline, Edit, Meeting, Mention, Milestone, Report, Series, Source
from tracker.models.edit import TOLD, versions_of
from tracker.models.kinds import RECORDS
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.vocabulary import Shown

Record = type[PublishedRecord]
#: More records of a kind are not counted: an edit may be a load of a million.
MOST_COUNTED = 2_000


@dataclass(frozen=True, slots=True)
class Scope:
    """What of the edits is asked for: one kind of record, one series, one record with what hangs on it. Series and record are primary keys."""

    kind: Record | None = None
    series: int | None = None
    record: tuple[Record, int] | None = None

    def rules(self) -> dict[Record, Q]:
        """Return for each kind of record that is asked for which of its rows are."""
        found = {}
        for model in RECORDS:
            of_series, of_record = _of_series(model, self.series), _of_record(model, self.record)
            if self.kind in {None, model} and of_series is not None and of_record is not None:
                found[model] = of_series & of_record
        return found


EVERYTHING = Scope()
#: The condition that no row meets.
NOTHING = Q(pk__in=[])


def _of_series(model: Record, series: int | None) -> Q | None:
    if series is None:
        return Q()
    ways: dict[Record, Q] = {
        Series: Q(pk=series),
        Source: Q(pk__in=Report.objects.published().filter(meeting__series=series).values("source")),
        Commitment: Q(series=series),
        Meeting: Q(series=series),
        Mention: Q(commitment__series=series) | Q(meeting__series=series),
        Milestone: Q(commitment__series=series),
        Deadline: Q(commitment__series=series),
    }
    return ways.get(model)


def _of_record(model: Record, record: tuple[Record, int] | None) -> Q | None:
    if record is None:
        return Q()
    kind, pk = record
    if model is kind:
        return Q(pk=pk)
    hang_on = {(Mention, Commitment): "commitment", (Milestone, Commitment): "commitment", (Deadline, Commitment): "commitment", (Mention, Meeting): "meeting"}
    key = hang_on.get((model, kind))
    return Q(**{key: pk}) if key else None


def told(model: Record, rule: Q = Q()) -> QuerySet[Any]:  # noqa: B008  an empty condition is not changed
    """Return the versions of ``model`` that readers are told of: public when they were written, and their record is public now, or withdrawn since."""
    rows = RecordQuerySet(model).filter(rule, pk=OuterRef("id"))
    public, withdrawn = Exists(rows.published()), Exists(rows.withdrawn())
    found: QuerySet[Any] = versions_of(model)._default_manager.order_by().filter(Q(public, shown__in=TOLD) | Q(withdrawn, shown=Shown.WITHDRAWN))
    return found


class _Number(Subquery):
    """How many rows a query finds that is cut off at some number."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS cut_off)"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Count:
    """How many records of one kind an edit added, corrected or withdrew. ``is_cut_off``: there are more."""

    model: Record
    shown: Shown
    number: int

    @property
    def is_cut_off(self) -> bool:
        return self.number >= MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Made:
    """One edit. ``reason`` is that of a load; an editor's stands with each record."""

    pk: int
    key: str
    made: datetime
    is_load: bool
    reason: str = ""
    counts: tuple[Count, ...] = field(default=())

    @property
    def total(self) -> int:
        return sum(count.number for count in self.counts)


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, and before an edit. Each may be left open."""

    since: date | None = None
    until: date | None = None
    before: tuple[datetime, int] | None = None

    def rule(self) -> Q:
        rule = Q()
        if self.since:
            rule &= Q(made__gte=datetime.combine(self.since, time.min, UTC))
        if self.until and self.until < date.max:
            rule &= Q(made__lt=datetime.combine(self.until + timedelta(days=1), time.min, UTC))
        if self.before:
            made, pk = self.before
            rule &= Q(made__lt=made) | Q(made=made, pk__lt=pk)
        return rule


def edits(scope: Scope, period: Period, most: int) -> list[Made]:
    """Return the latest edits of which readers may be told something, ``most`` at most, with their counts; two queries."""
    rules = scope.rules()
    # Asked row by row and stopped at the first version found. As EXISTS, PostgreSQL would look for all versions there are first.
    first = {f"told_{place}": Subquery(told(model, rule).filter(edit=OuterRef("pk")).values("pk")[:1]) for place, (model, rule) in enumerate(rules.items())}
    something = NOTHING
    for name in first:
        something |= Q(**{f"{name}__isnull": False})
    rows = Edit.objects.filter(period.rule(), public=True).alias(**first).filter(something).order_by("-made", "-pk")
    return _counted(list(_made(rows[:most])), rules)


def edit_by_key(key: str, scope: Scope = EVERYTHING) -> Made | None:
    """Return the edit under ``key`` with its counts within ``scope``, or None where readers may be told nothing of it at all."""
    found = _counted(list(_made(Edit.objects.filter(public=True, key=key))), scope.rules())
    if found and not found[0].counts and (scope == EVERYTHING or edit_by_key(key) is None):
        return None
    return next(iter(found), None)


def place_of(key: str) -> tuple[datetime, int] | None:
    """Return where the edit under ``key`` stands in the order of edits, or None where there is none that was public."""
    return Edit.objects.filter(public=True, key=key).values_list("made", "pk").first()


def _made(rows: QuerySet[Edit]) -> Iterator[Made]:
    for pk, key, made, load, reason in rows.values_list("pk", "key", "made", "load", "load__reason"):
        yield Made(pk, key, made, load is not None, reason or "")


def _counted(found: Sequence[Made], rules: Mapping[Record, Q]) -> list[Made]:
    if not found:
        return []
    columns = {(model, shown): _Number(_rows(model, rule, shown)) for model, rule in rules.items() for shown in Shown}
    names = {f"count_{place}": column for place, column in enumerate(columns.values())}
    rows = Edit.objects.filter(pk__in=[edit.pk for edit in found]).annotate(**names).values_list("pk", *names)
    numbers: dict[int, Iterable[int]] = {pk: counts for pk, *counts in rows}
    return [Made(edit.pk, edit.key, edit.made, edit.is_load, edit.reason, tuple(_counts(columns, numbers[edit.pk]))) for edit in found if edit.pk in numbers]


def _rows(model: Record, rule: Q, shown: Shown) -> QuerySet[Any]:
    rows: QuerySet[Any] = told(model, rule).filter(edit=OuterRef("pk"), shown=shown).values("pk")[:MOST_COUNTED]
    return rows


def _counts(columns: Iterable[tuple[Record, Shown]], numbers: Iterable[int]) -> Iterator[Count]:
    for (model, shown), number in zip(columns, numbers, strict=True):
        if number:
            yield Count(model, shown, number)
