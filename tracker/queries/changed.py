"""What readers are told of an edit: each record by its name, each field with its old and its new value, keys as the records they lead to.

What is not public now is told of nowhere, as if the field had been empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.models import Attendance, Citation, Commitment, Deadline, Meeting, Mention, Milestone, Participant, Party, Report, Series, Source
from tracker.models.edit import pairs_of, versions_of
from tracker.models.kinds import RECORDS
from tracker.models.publication import PublishedRecord, RecordQuerySet, span
from tracker.vocabulary import Shown, Stage, StatedCondition, Term

from .versions import TABLES, Key, Step, Table, Version, steps, together

#: What a version keeps and readers are not told of as a field: they read it in other words, or not at all.
NOT_TOLD = frozenset({"id", "key", "state", "withdrawn_reason", "created", "changed"})
#: What the two columns of an uncertain date are called together.
DATES: Mapping[str, Any] = {
    "starts": _("first day"),
    "published": _("published"),
    "happened": _("happened"),
    "due": _("due"),
    "stated": _("stated"),
    "resolved": _("resolved"),
    "valid_from": _("in use from"),
}
#: Fields whose words are in the language that the row names.
IN_ITS_LANGUAGE = frozenset({"title", "name"})


@dataclass(frozen=True, slots=True)
class Link:
    """A record with an address of its own: which kind, where it stands, and what it is called, in which language and as of which day."""

    kind: str
    slug: str
    name: str
    language: str = ""
    when: UncertainDate | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a field, in the language they are written in where it is known."""

    words: str
    language: str = ""


#: An empty tuple is no value at all.
Said = tuple[Link | Text | UncertainDate | date | bool, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    label: Any
    old: Said
    new: Said


@dataclass(frozen=True, slots=True)
class Told:
    """What readers are told of one row in one edit. ``about`` names the row; ``reason`` is the editor's, or that of a withdrawal."""

    edit: int
    model: Table
    shown: Shown
    about: Said
    reason: str = ""
    fields: tuple[FieldChange, ...] = ()
    beside: tuple[Told, ...] = ()

    @property
    def kind(self) -> Any:
        return self.model._meta.verbose_name


def told_of(found: Mapping[type[PublishedRecord], QuerySet[Any]]) -> list[Told]:
    """Return what readers are told of these versions, in the order of the kinds of record; five queries at most."""
    places = {model: place for place, model in enumerate(RECORDS)}
    made = sorted(steps(found), key=lambda step: (places[step.now.row[0]], step.now.row[1]))
    links, reasons = _links(made)
    return [told for step in made if (told := _record(step, links, reasons)) is not None]


def _record(step: Step, links: Mapping[Key, Link], reasons: Mapping[Key, Link]) -> Told | None:
    """Return what is told of a record, or None where nothing is left that may be."""
    now = step.now
    if now.shown == Shown.WITHDRAWN and now.row in reasons:
        address = reasons[now.row]
        return Told(now.edit, now.row[0], now.shown, (Link(address.kind, address.slug, address.slug),), address.name)
    about = _about(now, links)
    if now.shown == Shown.WITHDRAWN:
        # Only an address says why: what has none is said to be withdrawn, and no more.
        return Told(now.edit, now.row[0], now.shown, about) if about else None
    fields = tuple(_fields(step, links)) if now.shown == Shown.CORRECTED else ()
    beside = tuple(told for one in step.beside if (told := _child(one, links)) is not None)
    if not about or (now.shown == Shown.CORRECTED and not fields and not beside):
        return None
    return Told(now.edit, now.row[0], now.shown, about, now.reason, fields, beside)


def _child(step: Step, links: Mapping[Key, Link]) -> Told | None:
    now = step.now
    about = _about_child(now, links)
    fields = tuple(_fields(step, links)) if now.shown == Shown.CORRECTED else ()
    if not about or (now.shown == Shown.CORRECTED and not fields):
        return None
    return Told(now.edit, now.row[0], now.shown, about, fields=fields)


def _about(version: Version, links: Mapping[Key, Link]) -> Said:
    """Return what a record is called, empty where that is not public: by its own name, or by what it hangs on."""
    model, values = version.row[0], version.values
    if model is Mention:
        return _both(links.get((Commitment, values["commitment_id"])), links.get((Meeting, values["meeting_id"])))
    if model is Milestone:
        word = StatedCondition(values["condition"]).label if values["condition"] else Stage(values["stage"]).label
        return _both(links.get((Commitment, values["commitment_id"])), Text(str(word)))
    if model is Deadline:
        return _both(links.get((Commitment, values["commitment_id"])), Text(values["what"]))
    own = links.get(version.row)
    return (own,) if own else ()


def _both(first: Link | None, second: Link | Text | None) -> Said:
    return (first, second) if first and second else ()


def _about_child(version: Version, links: Mapping[Key, Link]) -> Said:
    """Return what a row beside a record is called, empty where something that it hangs on is not public."""
    model, values = version.row[0], version.values
    if model in {Citation, Report}:
        source = links.get((Source, values["source_id"]))
        return (source,) if source else ()
    if model is Attendance:
        party, person = links.get((Party, values["party_id"])), links.get((Participant, values["participant_id"] or 0))
        if values["participant_id"]:
            return (person,) if party and person else ()
        return (party,) if party else ()
    return (Text(values["name"], values["language"]),)


def _fields(step: Step, links: Mapping[Key, Link]) -> Iterator[FieldChange]:
    """Yield the fields that differ from the version before."""
    if step.before is None:
        return
    old, new = _all_said(step.before, links), _all_said(step.now, links)
    for name, (label, said) in new.items():
        if (was := old[name][1]) != said:
            yield FieldChange(label, was, said)


def _all_said(version: Version, links: Mapping[Key, Link]) -> dict[str, tuple[Any, Said]]:
    """Return the label and the words of every field that readers are told of, by name, in the order of the table."""
    model = version.row[0]
    found: dict[str, tuple[Any, Said]] = {}
    for one in versions_of(model).tracked_fields:  # type: ignore[attr-defined]  # the library's
        name, _separator, end = one.name.rpartition("_")
        if end in {"earliest", "latest"}:
            when = span(version.values[f"{name}_earliest"], version.values[f"{name}_latest"])
            found[name] = (DATES[name], (when,) if when else ())
        elif one.name not in NOT_TOLD:
            found[one.name] = (one.verbose_name, tuple(_said(one, version.values, links)))
    for pair in pairs_of(model):
        target: Any = pair.related_model
        led = sorted((links[target, pk] for pk in version.pairs[pair.name] if (target, pk) in links), key=lambda link: (link.name, link.slug))
        found[pair.name] = (pair.verbose_name, tuple(led))
    return found


def _said(one: Any, values: Mapping[str, Any], links: Mapping[Key, Link]) -> Iterator[Link | Text | date | bool]:
    """Yield what a field says: nothing where it is empty."""
    value = values[one.attname]
    if one.is_relation:
        if (link := links.get((_target(one), value))) is not None:
            yield link
    elif isinstance(value, bool | date):
        yield value
    elif one.name == "terms":
        yield from (Text(str(Term(word).label)) for word in value.split(",") if word)
    elif value not in (None, ""):
        choices = dict(one.flatchoices)
        yield Text(str(choices.get(value, value)), values.get("language", "") if one.name in IN_ITS_LANGUAGE else "")


def _target(key: Any) -> Table:
    target: Table = key.remote_field.model
    return target


def _links(made: Iterable[Step]) -> tuple[dict[Key, Link], dict[Key, Link]]:
    """Return the public records that the versions are of and lead to, and the withdrawn ones named by the reason that their address gives; one query."""
    wanted: dict[Table, set[int]] = defaultdict(set)
    withdrawn: dict[Table, set[int]] = defaultdict(set)
    for step in made:
        if step.now.shown == Shown.WITHDRAWN:
            withdrawn[step.now.row[0]].add(step.now.row[1])
        for one in (step, *step.beside):
            for version in filter(None, (one.now, one.before)):
                for model, pk in _keys(version):
                    wanted[model].add(pk)
    rows = {model: RecordQuerySet(model) for model in _CALLED}
    public = [_named(model, rows[model].published().filter(pk__in=wanted[model]), _CALLED[model]) for model in _CALLED if wanted[model]]
    gone = [_named(model, rows[model].withdrawn().filter(pk__in=withdrawn[model]), _REASON) for model in _CALLED if withdrawn[model]]
    links: dict[Key, Link] = {}
    reasons: dict[Key, Link] = {}
    for kind, pk, about in together([*public, *gone]):
        if "reason" in about:
            reasons[TABLES[kind], pk] = Link(kind, about["slug"], about["reason"])
        else:
            links[TABLES[kind], pk] = _link(kind, about)
    return links, reasons


def _keys(version: Version) -> Iterator[Key]:
    model = version.row[0]
    yield version.row
    for one in versions_of(model).tracked_fields:  # type: ignore[attr-defined]  # the library's
        if one.is_relation and (pk := version.values[one.attname]) is not None:
            yield _target(one), pk
    for pair in pairs_of(model):
        yield from ((pair.related_model, pk) for pk in version.pairs[pair.name])


#: What a record with an address is called, and what else is said with its name.
_CALLED: Mapping[Table, Mapping[str, str]] = {
    Party: {"name": "name"},
    Participant: {"name": "name"},
    Series: {"name": "title"},
    Source: {"name": "title", "language": "language"},
    Commitment: {"name": "name"},
    Meeting: {"name": "title", "place": "place", "earliest": "starts_earliest", "latest": "starts_latest"},
}
_REASON = {"reason": "withdrawn_reason"}


def _named(model: Table, rows: QuerySet[Any], called: Mapping[str, str]) -> QuerySet[Any]:
    about = JSONObject(slug=F("slug"), **{name: F(column) for name, column in called.items()})
    named = rows.order_by().annotate(table_name=Value(str(model._meta.model_name), CharField()), called=about)
    columns: QuerySet[Any] = named.values_list("table_name", "pk", "called")
    return columns


def _link(kind: str, about: Mapping[str, Any]) -> Link:
    place = about.get("place")
    name = f"{place}: {about['name']}" if place else about["name"]
    when = UncertainDate(date.fromisoformat(about["earliest"]), date.fromisoformat(about["latest"])) if "earliest" in about else None
    return Link(kind, about["slug"], name, about.get("language", ""), when)
