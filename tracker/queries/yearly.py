"""Rows of all years in groups: a few queries and as many groups as there are years and kinds, however many rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear

from tracker.history.yearly import BOTH, UNNAMED, Group, Interval, Texts
from tracker.models import Citation, Commitment, Mention, Milestone, Party, Source
from tracker.models.publication import publication_rule
from tracker.models.source import LONGEST_COPY_CHAIN
from tracker.vocabulary import Carried, Outcome, Reach, SourceKind, Stage, Standing

from .coded import all_deadlines
from .columns import Joined, slug_set, where_public


@dataclass(frozen=True, slots=True)
class Voiced:
    """Mentions that were voiced and count, ``number`` of them, alike in everything said here.

    ``area`` is the widest one above the commitment. ``voice`` is a party that voiced it alone, ``BOTH``, or ``UNNAMED``.
    """

    area: Group
    area_name: str
    voice: str
    texts: Texts


def voiced(as_of: date, series: str = "") -> list[Voiced]:
    """Return the public accepted mentions voiced at meetings and in statements up to ``as_of``, in groups; one query.

    The database folds the citations of each mention into one row; the rows are counted as they come and none is kept.
    """
    counted = Counter(_rows(as_of, series).iterator(chunk_size=5000))
    return [_group(row, number) for row, number in counted.items()]


def _rows(as_of: date, series: str) -> QuerySet[Any]:
    public = publication_rule(Mention, "mention__") & publication_rule(Source, "source__")
    rows = Citation.objects.filter(public, mention__standing=Standing.ACCEPTED, reach=Reach.VOICED, mention__meeting__starts_latest__lte=as_of)
    rows = rows.filter(mention__meeting__series__slug=series) if series else rows
    meeting, commitment, above = "mention__meeting__", "mention__commitment__", "mention__commitment__parent__"
    whole = publication_rule(Party, "source__issued_by__") & Q(source__carried=Carried.WHOLE)
    once = rows.order_by().values("mention").annotate(
        first=ExtractYear(Min(f"{meeting}starts_earliest")),
        last=ExtractYear(Min(f"{meeting}starts_latest")),
        meeting=Min(f"{meeting}slug"),
        listed_on=Min(f"{commitment}listed_on"),
        area=Min(Coalesce(f"{above}parent__slug", f"{above}slug", f"{commitment}slug")),
        area_name=Min(Coalesce(f"{above}parent__name", f"{above}name", f"{commitment}name")),
        low=Min(where_public(Party, "party__", "slug")),
        high=Max(where_public(Party, "party__", "slug")),
        together=_any(Q(both_sides=True)),
        sides=Joined(Case(When(whole, then=F("source__issued_by__slug")), output_field=CharField())),
        joint=_any(_is_joint()),
    )  # fmt: skip
    found: QuerySet[Any] = once.values_list("first", "last", "meeting", "listed_on", "area", "area_name", "low", "high", "together", "sides", "joint")
    return found


def _group(row: tuple[Any, ...], number: int) -> Voiced:
    first, last, meeting, listed_on, area, area_name, low, high, together, sides, joint = row
    voice = BOTH if together or low != high else low or UNNAMED
    return Voiced(Group(first, last, area, number), area_name, voice, Texts(meeting, first, last, listed_on, slug_set(sides), bool(joint), number))


def _any(condition: Q) -> Max:
    """Return 1 for a mention with a citation of which ``condition`` is true, else 0."""
    return Max(Case(When(condition, then=1), default=0, output_field=IntegerField()))


def deadline_groups(as_of: date, series: str = "") -> list[Group]:
    """Return the public promises stated by ``as_of`` in groups by year due and outcome; what was resolved later is pending again."""
    stated = Coalesce("stated_at__starts_latest", "stated_latest")
    outcome = Case(When(resolved_latest__gt=as_of, then=Value(Outcome.PENDING.value)), default=F("outcome"), output_field=CharField())
    rows = all_deadlines(as_of).annotate(**_years("due_earliest", "due_latest"), stated=stated, known=outcome).filter(stated__lte=as_of)
    rows = rows.filter(commitment__series__slug=series) if series else rows
    counted = rows.order_by().values_list("first", "last", "known").annotate(number=Count("pk"))
    return [Group(*row) for row in counted]


def intervals(as_of: date, series: str = "") -> list[Interval]:
    """Return for each public concrete commitment voiced by ``as_of`` its first voicing, first binding paper and first works, by name."""
    rows = Commitment.objects.published().concrete().in_order().filter(roll_up__first_voiced_latest__lte=as_of)
    rows = rows.in_series(series) if series else rows
    found = rows.annotate(ink=_first_at(Stage.AGREEMENT, as_of), works=_first_at(Stage.UNDER_WAY, as_of))
    return [Interval(*row) for row in found.values_list("slug", "name", "roll_up__first_voiced_earliest", "ink", "works")]


def _first_at(stage: Stage, as_of: date) -> Subquery:
    reached = Milestone.objects.published().filter(commitment=OuterRef("pk"), standing=Standing.ACCEPTED, stage__gte=stage, happened_latest__lte=as_of)
    return Subquery(reached.order_by("happened_earliest", "happened_latest", "key").values("happened_earliest")[:1])


def _is_joint() -> Q:
    """Return the condition that the source of a citation holds a joint text whole, copied from one or the text itself."""
    kind = SourceKind.JOINT_TEXT
    chain = [f"source__{'derived_from__' * links}" for links in range(LONGEST_COPY_CHAIN + 1)]
    ends = reduce(or_, (Q(**{f"{link}derived_from__isnull": True, f"{link}kind": kind}) for link in chain))
    return ends & (Q(source__carried=Carried.WHOLE) | Q(source__kind=kind))


def _years(earliest: str, latest: str) -> dict[str, Any]:
    return {"first": ExtractYear(earliest), "last": ExtractYear(latest)}
