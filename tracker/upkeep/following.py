"""Whether what follows from the records still does: roll-ups, the index of the search, keys that lead to rows, phrases that stand in their texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models
from django.db.models import Exists, OuterRef

from tracker import summaries
from tracker.loading.proof import not_found
from tracker.models import Citation, Commitment, Mention, MentionSummary, SearchEntry, Series, Summary
from tracker.search import entries

from .findings import Tally, named

SOME = 500
Table = type[models.Model]


def wrong_roll_ups(tally: Tally) -> Iterator[str]:
    """Yield the commitments and mentions whose stored roll-up is not what is worked out from the rows. Of a large series some families are held at a time."""
    right: dict[Table, int] = {Summary: 0, MentionSummary: 0}
    for slug in Series.objects.published().in_order().values_list("slug", flat=True):
        worked_out = summaries.of_series(slug)
        while some := list(islice(worked_out, SOME)):
            tally.looked_at(len(some))
            for model in right:
                wanted = {pk: values for one, pk, values in some if one is model}
                right[model] += len(wanted)
                stored = {row["pk"]: row for row in model._default_manager.filter(pk__in=wanted).values("pk", *next(iter(wanted.values()), ()))}
                for pk in (pk for pk, values in wanted.items() if stored.get(pk) != {"pk": pk, **values}):
                    yield f"{named(_owner(model), pk)}: its roll-up {'is not what its rows say' if pk in stored else 'is missing'}"
    for model, number in right.items():
        if (more := model._default_manager.count() - number) > 0:
            yield f"{model._meta.verbose_name_plural}: {more} more than there are rows for"


def _owner(model: Table) -> Table:
    return Commitment if model is Summary else Mention


def wrong_entries(tally: Tally) -> Iterator[str]:
    """Yield what is wrong with the index of the search. While others write it is looked at twice, because it is not read at one moment."""
    tally.looked_at(SearchEntry.objects.count())
    for sentence in entries.faults() and entries.faults():
        yield f"search: {sentence.rstrip('.')}"


def orphans(tally: Tally) -> Iterator[str]:
    """Yield the rows with a key that leads nowhere."""
    for model in apps.get_app_config("tracker").get_models(include_auto_created=True):
        tally.looked_at(model._default_manager.count())
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and getattr(field, "db_constraint", True):
                yield from _leading_nowhere(model, field)


def _leading_nowhere(model: Table, field: models.ForeignKey[Any, Any]) -> Iterator[str]:
    target: Any = field.related_model
    there = target._base_manager.filter(**{field.target_field.attname: OuterRef(field.attname)})
    rows = model._base_manager.filter(~Exists(there), **{f"{field.attname}__isnull": False})
    for pk, key in rows.order_by("pk").values_list("pk", field.attname).iterator():
        yield f"{named(model, pk)}: {field.name} leads to {target._meta.verbose_name} number {key}, which is not there"


def damage(tally: Tally) -> Iterator[str]:
    """Yield what the engine itself finds wrong with its file. PostgreSQL has programs of its own for that: docs/backup.md"""
    if connection.vendor != "sqlite":
        return
    tally.looked_at()
    with connection.cursor() as cursor:
        try:
            cursor.execute("PRAGMA integrity_check")
            yield from (f"database: {sentence}" for (sentence,) in cursor.fetchall() if sentence != "ok")
        except DatabaseError as error:
            yield f"database: {error}"


def unproven(tally: Tally) -> Iterator[str]:
    """Yield the citations whose phrase does not stand in the text of their source, as far as the text is kept."""
    tally.looked_at(Citation.objects.exclude(source__text="").exclude(phrase="").count())
    for verdict in not_found():
        yield f"{verdict.record}, citation {verdict.key}: {verdict.reason}"
