"""Columns that several queries ask for: lists of slugs, and names that show only where their record is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Aggregate, Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from tracker.models import Attendance, Commitment, Meeting, Party, Series
from tracker.models.publication import publication_rule
from tracker.vocabulary import Presence


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its slug, and the name or title a reader knows it by."""

    slug: str
    name: str


def named(slug: str | None, name: str) -> Named | None:
    """Return the record under ``slug``, or None where there is none that is public."""
    return Named(slug, name) if slug else None


class Joined(Aggregate):
    """The texts of a group as one text, separated by commas: the same on both engines."""

    function = "GROUP_CONCAT"
    output_field = models.TextField()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s, ',')")


def slug_list(rows: models.QuerySet[Any], owner: str, slug: str, of: str = "pk") -> Subquery:
    """Return a column with the ``slug`` of all ``rows`` whose ``owner`` is the key ``of`` the row asked for; ``slug_set`` reads it."""
    own = rows.filter(**{owner: OuterRef(of)}).order_by()
    return Subquery(own.values(owner).annotate(joined=Joined(slug)).values("joined"))


def slug_set(joined: str | None) -> frozenset[str]:
    """Return the slugs of a ``slug_list`` column."""
    return frozenset(joined.split(",")) if joined else frozenset()


def where_public(model: type[models.Model], prefix: str, field: str) -> Case:
    """Return a column with ``field`` of the record under ``prefix``, empty where that record is not public."""
    return Case(When(publication_rule(model, prefix), then=F(f"{prefix}{field}")))


def commitment_parties() -> Subquery:
    """Return the column with the public parties of a commitment."""
    rows = Commitment.parties.through._default_manager.filter(publication_rule(Party, "party__"))
    return slug_list(rows, "commitment", "party__slug")


def series_parties(of: str = "pk") -> Subquery:
    """Return the column with the public parties of the series whose key is ``of``."""
    rows = Series.parties.through._default_manager.filter(publication_rule(Party, "party__"))
    return slug_list(rows, "series", "party__slug", of)


def meeting_remit() -> Subquery:
    """Return the column with the public commitments a meeting was called for."""
    rows = Meeting.remit.through._default_manager.filter(publication_rule(Commitment, "commitment__"))
    return slug_list(rows, "meeting", "commitment__slug")


def meeting_has_remit() -> models.Exists:
    """Return the column that says whether a meeting was called for something, public or not."""
    return models.Exists(Meeting.remit.through._default_manager.filter(meeting=OuterRef("pk")))


def absent_parties() -> Subquery:
    """Return the column with the parties recorded absent from a meeting: none of their people was there."""
    rows = Attendance.objects.published()
    present = rows.exclude(presence=Presence.ABSENT).filter(meeting=OuterRef("meeting"), party=OuterRef("party"))
    absent = rows.filter(~models.Exists(present), presence=Presence.ABSENT)
    return slug_list(absent, "meeting", "party__slug")


def how_many(rows: models.QuerySet[Any], owner: str) -> Coalesce:
    """Return a column with the number of ``rows`` whose ``owner`` is the row asked for."""
    own = rows.filter(**{owner: OuterRef("pk")}).order_by()
    return Coalesce(Subquery(own.values(owner).annotate(number=models.Count("pk")).values("number")), 0)
