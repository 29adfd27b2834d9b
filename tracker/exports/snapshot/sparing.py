"""Taking everything out of a copy of the database that readers may not see. What nobody thought of is taken out, too.

The rule is that of publication. Of a withdrawn record its address and the reason stay, because that is what its address answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models
from django.db.models import F, Q

from tracker.models import DataVersion, Edit, Load, MentionSummary, Redirect, SearchEntry, SearchWord, Summary
from tracker.models.edit import versions_of
from tracker.models.kinds import CHILDREN, RECORDS
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.models.search_entry import LEADS_TO
from tracker.queries.addresses import address
from tracker.queries.edits import told
from tracker.vocabulary import PublicationState, Shown

Table = type[models.Model]

WITH_ADDRESS: tuple[type[PublishedRecord], ...] = tuple(model for model in RECORDS if any(field.name == "slug" for field in model._meta.concrete_fields))
#: Tables of which some rows stay; of any other none does.
RULED: tuple[Table, ...] = (*RECORDS, *CHILDREN, Summary, MentionSummary)
SPARED: tuple[Table, ...] = (*RULED, Edit, Load, Redirect, SearchEntry, SearchWord, DataVersion, ContentType)
#: What says which code the tables fit, and the full-text index beside the entries of the search.
_UNMODELLED = ("django_migrations", "sqlite_", f"{SearchEntry._meta.db_table}_fts")


def spare_public(alias: str) -> None:
    """Take from the database ``alias`` all that is not public."""
    model: Table
    for model in (*RECORDS, *CHILDREN):
        _spare_versions(alias, model)
    for model in RULED:
        stay = Q(pk__in=RecordQuerySet(model).published().order_by().values("pk"))
        _delete(alias, model, ~(stay | Q(pk__in=_that_say_why(model))) if model in WITH_ADDRESS else ~stay)
    for name in LEADS_TO:
        target: Any = SearchEntry._meta.get_field(name).related_model
        _delete(alias, SearchEntry, Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__in": RecordQuerySet(target).published().order_by().values("pk")}))
    _delete(alias, Edit, Q(public=False))
    _empty_others(alias)
    _forget_people(alias)
    _drop_what_leads_nowhere(alias)
    for record in WITH_ADDRESS:
        _strip(alias, record)
    _drop_redirects(alias)


def _that_say_why(model: Any) -> list[int]:
    """Return the withdrawn records whose address says so: not those that lead on to another, and not those that were merged before readers knew them."""
    rows = model._default_manager.filter(state=PublicationState.WITHDRAWN).values_list("pk", "slug")
    return [pk for pk, slug in rows if address(model, slug).standing == "withdrawn"]


def _delete(alias: str, model: Table, rule: Q) -> None:
    rows: Any = model._default_manager.using(alias).filter(rule).order_by()
    rows._raw_delete(alias)


def _spare_versions(alias: str, model: Table) -> None:
    """Keep the versions that readers are told of: of what is public now, of what was taken away beside it, and that something was withdrawn."""
    kept = Q(pk__in=told(model).values("pk")) if issubclass(model, PublishedRecord) else _told_beside(model)
    _delete(alias, versions_of(model), ~kept)


def _told_beside(model: Any) -> Q:
    rule = Q(id__in=RecordQuerySet(model).published().order_by().values("pk"))
    for name in model.beside:
        owner = model._meta.get_field(name).related_model
        rule |= Q(history_type="-", **{f"{name}__in": RecordQuerySet(owner).published().order_by().values("pk")})
    return rule & ~Q(shown="")


def _spared() -> Iterator[Table]:
    """Yield the tables of which rows stay: those of records, of their versions, and of the pairs of both."""
    versions = [versions_of(model) for model in (*RECORDS, *CHILDREN)]
    pairs: list[Any] = [field.remote_field.through for model in RECORDS for field in model._meta.many_to_many]
    kept: Any
    for kept in (model.history.model for model in RECORDS):  # type: ignore[attr-defined]  # ships no types
        pairs += [through for through in apps.get_models(include_auto_created=True) if _is_of(through, kept)]
    yield from (*SPARED, *versions, *dict.fromkeys(pairs))


def _is_of(through: Table, versions: Table) -> bool:
    """Return whether ``through`` holds the pairs of ``versions``."""
    return any(field.name == "history" and field.related_model is versions for field in through._meta.concrete_fields)


def _empty_others(alias: str) -> None:
    """Empty every table that is not spared, whoever made it."""
    spared = {model._meta.db_table for model in _spared()}
    connection = connections[alias]
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name not in spared and not name.startswith(_UNMODELLED):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608 - the name of a table


def _forget_people(alias: str) -> None:
    """Take away who did it, and the texts of sources that may not be passed on."""
    Edit._default_manager.using(alias).update(by=None)
    Load._default_manager.using(alias).update(by_account="")
    for model in (*RECORDS, *CHILDREN):
        versions_of(model)._default_manager.using(alias).update(history_user=None)
    source = apps.get_model("tracker", "Source")
    source._default_manager.using(alias).filter(may_publish_text=False).update(text="")


def _drop_what_leads_nowhere(alias: str) -> None:
    """Empty the keys that lead to rows that are gone; a row that can't do without goes as well, and then what leads to it."""
    gone = True
    while gone:
        gone = False
        for model in _spared():
            for field in _keys(model):
                target: Any = field.related_model
                lost = model._default_manager.using(alias).filter(**{f"{field.name}__isnull": False})
                lost = lost.exclude(**{f"{field.name}__in": target._default_manager.order_by().values("pk")}).order_by()
                if field.null:
                    lost.update(**{field.name: None})
                elif lost.exists():
                    gone = True
                    lost._raw_delete(alias)


def _keys(model: Table) -> Iterator[Any]:
    """Yield the keys of ``model`` that must lead somewhere. Versions remember keys of what is gone, and pages look first."""
    for field in model._meta.concrete_fields:
        if field.is_relation and getattr(field, "db_constraint", True):
            yield field


def _strip(alias: str, model: type[PublishedRecord]) -> None:
    """Leave of withdrawn records the address and the reason."""
    rows = model._default_manager.using(alias).filter(state=PublicationState.WITHDRAWN)
    bare: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.name in {"slug", "state", "withdrawn_reason"} or field.choices:
            continue
        if isinstance(field, models.CharField | models.TextField):
            bare[field.name] = F("slug") if field.name in {"title", "name"} else None if field.null else ""
        elif field.is_relation and field.null:
            bare[field.name] = None
    rows.update(**bare)
    pks = rows.order_by().values("pk")
    for pair in model._meta.many_to_many:
        through: Any = pair.remote_field.through
        _delete(alias, through, Q(**{f"{pair.m2m_field_name()}__in": pks}))
    versions = versions_of(model)._default_manager.using(alias).filter(Q(shown=Shown.WITHDRAWN) | Q(id__in=pks))
    versions.update(history_change_reason="", withdrawn_reason="", **{name: value for name, value in bare.items() if _has(versions_of(model), name)})


def _has(model: Table, name: str) -> bool:
    return any(field.name == name for field in model._meta.concrete_fields)


def _drop_redirects(alias: str) -> None:
    """Keep the old addresses that lead, by however many steps, to a record that is there."""
    leading: set[int] = set()
    ways = list(Redirect._default_manager.using(alias).values_list("pk", "kind", "old_slug", "new_slug"))
    there = {(model._meta.model_name, slug) for model in WITH_ADDRESS for slug in model._default_manager.using(alias).values_list("slug", flat=True)}  # type: ignore[misc]
    while found := {(pk, kind, old) for pk, kind, old, new in ways if pk not in leading and (kind, new) in there}:
        leading |= {pk for pk, _kind, _old in found}
        there |= {(kind, old) for _pk, kind, old in found}
    _delete(alias, Redirect, ~Q(pk__in=leading))
    _delete(alias, versions_of(Redirect), Q())
