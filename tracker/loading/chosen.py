"""What some series need to stand by themselves: their own records, and everything these lead to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .kept import AT_ONCE, Rule, ground, whether
from .tables import BY_NAME, TOP, Table, tables_of, through

#: How a record leads to the series it belongs to.
_BELONGS = {
    "series": "pk__in",
    "commitment": "series__in",
    "meeting": "series__in",
    "mention": "commitment__series__in",
    "milestone": "commitment__series__in",
    "deadline": "commitment__series__in",
}


def closed(series: Collection[int], rule: Rule) -> Mapping[str, set[int]]:
    """Return, by kind, the numbers of the records that belong to ``series``, and of all that they and what stands under them lead to, however far.

    Kinds lead to kinds before them or to their own, so that one way back through them meets everything.
    """
    found: dict[str, set[int]] = {name: set() for name in TOP}
    for name in reversed(TOP):
        table = BY_NAME[name]
        if lookup := _BELONGS.get(name):
            own = table.model._default_manager.filter(rule(table.model, ""), **{lookup: series})
            found[name].update(own.values_list("pk", flat=True).iterator())
        further = set(found[name])
        while further:
            before = set(found[name])
            for kind, number in _led_to(table, sorted(further), rule):
                found[kind].add(number)
            further = found[name] - before
    return found


def _led_to(table: Table, numbers: list[int], rule: Rule) -> Iterator[tuple[str, int]]:
    """Yield kind and number of each record that some records of a table lead to, by themselves, by their pairs or by what stands under them."""
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        for each in tables_of(table.name):
            rows = each.model._default_manager.filter(**{f"{each.owner or 'pk'}__in": some})
            references = [about for about in each.own_columns if about.matter.sort == "reference"]
            for meets, *values in rows.values_list(whether(ground(each, rule)), *(f"{about.name}_id" for about in references)).iterator():
                led = zip(references, values, strict=True) if meets else ()
                yield from ((about.matter.kind, value) for about, value in led if value is not None)
            for about in each.pairs:
                pairs: Any = through(each, about)._default_manager.filter(**{f"{each.name}_id__in": some})
                yield from ((about.matter.kind, value) for value in pairs.values_list(f"{about.matter.kind}_id", flat=True).iterator())
