"""What lines that were not read again may have lost: a record under its old slug, a phrase in its source's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tracker.chronicle import among
from tracker.evidence import stands_at
from tracker.loading.fields import label
from tracker.loading.plan import Step
from tracker.loading.problems import Problem, shown
from tracker.loading.tables import BY_NAME, TABLES, Table, through
from tracker.models import Citation, Source

from .places import Places

#: Ways from a citation to the records it can prove.
_PROVEN = ("mention", "milestone", "deadline")


def stale_references(renames: Mapping[tuple[str, str], str], keys: Mapping[str, Mapping[str, int]], places: Places) -> Iterator[Problem]:
    """Yield a problem for each line that was loaded as it stands and names a record by a slug that it has no longer."""
    for (kind, old), new in renames.items():
        for table, name, found in referring(kind, [keys[kind][old]]):
            for pk in found:
                yield from on_its_line(table, pk, name, f"there is no {kind} {shown(old)}", f"it was renamed to {shown(new)}", places)


def referring(kind: str, pks: Iterable[int]) -> Iterator[tuple[Table, str, list[int]]]:
    """Yield each table and field that can lead to records of a kind, with the numbers of the records of their own whose rows lead to one of ``pks``."""
    wanted = list(pks)
    for table in TABLES:
        owner = f"{table.owner}_id" if table.owner else "pk"
        for about in table.own_columns:
            if about.matter.kind == kind:
                rows = table.model._default_manager.filter(**{f"{about.name}__in": among(wanted), f"{owner}__isnull": False})
                yield table, about.name, sorted(set(rows.values_list(owner, flat=True)))
        for about in table.pairs:
            if about.matter.kind == kind:
                pairs = through(table, about)._default_manager.filter(**{f"{kind}__in": among(wanted)})
                yield table, about.name, sorted(set(pairs.values_list(f"{table.name}_id", flat=True)))


def lost_phrases(steps: Iterable[Step], places: Places) -> Iterator[Problem]:
    """Yield a problem for each citation that was loaded as it stands and whose phrase the changed text of its source does not hold."""
    changed = [step.pk for step in steps if step.table.name == "source" and any(one.field.name == "text" for one in step.differences)]
    texts = dict(Source.objects.filter(pk__in=among(changed)).exclude(text="").values_list("pk", "text"))
    rows = Citation.objects.filter(source__in=among(texts)).exclude(phrase="").values("key", "phrase", "locator", "source_id", "source__slug", *_PROVEN)
    for row in rows.iterator():
        kind = next(name for name in _PROVEN if row[name] is not None)
        if places.has(kind, row[kind]) and not stands_at(texts[row["source_id"]], row["locator"], row["phrase"]):
            found = f"{shown(row['phrase'])} does not stand in {row['source__slug']} at {shown(row['locator'])} any more"
            yield from on_its_line(BY_NAME[f"{kind} citation"], row[kind], "phrase", found, f"correct citation {row['key']}, or the text", places)


def on_its_line(table: Table, pk: int, name: str, found: str, right: str, places: Places) -> Iterator[Problem]:
    """Yield the problem of a record of its own at its line, if it stands on one; ``table`` is the one whose row is wrong."""
    kind = table.owner_table or table.name
    if number := places.line(kind, pk):
        lookups: Any = BY_NAME[kind].lookups
        own = BY_NAME[kind].model._default_manager.values_list(*lookups).get(pk=pk)
        yield Problem(*places.where(number), label(kind, tuple(map(str, own))), name, found, right)
