"""A plan told to people, as a diff, and to programs, as JSON."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from .fields import label
from .plan import Difference, Identity, Plan, Step
from .problems import shown
from .tables import BY_NAME, spelled

_MARKS = {"new": "+", "changed": "~", "removed": "-", "gone": "-"}


def lines(plan: Plan) -> Iterator[str]:
    """Yield the plan line by line: each record with its marks (+ new, ~ changed, - removed or gone, = locked), then the counts."""
    for top, steps in _by_record(plan.steps).items():
        own = steps[0] if steps[0].top == top and not steps[0].table.owner else None
        yield f"{_MARKS[own.verb] if own else '~'} {label(*top)}"
        for step in steps:
            yield from _changes(step, is_own=step is own)
    yield from (f"+ {number:,} {kind}s" for kind, number in plan.many.items())
    if plan.more:
        yield f"~ {plan.more:,} more"
    for top, names in plan.locked.items():
        yield from (f"= {label(*top)}: {name} {'stays, and is locked now' if by_this_load else 'is locked'}" for name, by_this_load in names.items())
    for step in plan.gone:
        yield f"- {label(*step.top)} (in the database, in no file; --prune withdraws it)"
    yield closing_line(plan)


def _changes(step: Step, *, is_own: bool) -> Iterator[str]:
    indent = "    "
    if not is_own:
        yield f"{indent}{_MARKS[step.verb]} {_child(step)}"
        indent += "    "
    yield from (f"{indent}~ {_told(difference)}" for difference in step.differences)


def _told(difference: Difference) -> str:
    old, new = (shown(spelled(difference.field, value)) for value in (difference.old, difference.new))
    return f"{difference.field.name}: {old} → {new}"


def _child(step: Step) -> str:
    return label(step.table.name.rpartition(" ")[2], step.identity[-1:])


def _by_record(steps: list[Step]) -> dict[tuple[str, Identity], list[Step]]:
    """Return the steps under the record they belong to, the record's own step first, in the order of the tables."""
    grouped: dict[tuple[str, Identity], list[Step]] = {}
    for step in steps:
        grouped.setdefault(step.top, []).append(step)
    places = {name: place for place, name in enumerate(BY_NAME)}
    return dict(sorted(grouped.items(), key=lambda item: places[item[0][0]]))


def counts(plan: Plan) -> dict[str, int]:
    """Return how many records are new, changed, the same, withdrawn, gone and untouched. A record with a changed child is changed."""
    verbs: Counter[str] = Counter()
    for top, steps in _by_record(plan.steps).items():
        own = steps[0] if (steps[0].table.name, steps[0].identity) == top else None
        verbs[own.verb if own else "changed"] += 1
    return {
        "new": verbs["new"] + sum(plan.many.values()),
        "changed": verbs["changed"] + verbs["removed"] + plan.more,
        "same": plan.same,
        "withdrawn": verbs["gone"],
        "gone": len(plan.gone),
        "untouched": plan.untouched,
    }


def closing_line(plan: Plan) -> str:
    """Return the last line of the account: the counts, or that nothing changes."""
    number = counts(plan)
    rest = [f"{number['same']} same"]
    rest += [f"{number['gone']} in the database but in no file"] if number["gone"] else []
    rest += [f"{number['untouched']} others in the database"] if number["untouched"] else []
    if plan.is_empty:
        return f"No change: {', '.join(rest)}."
    done = [f"{number['new']} new", f"{number['changed']} changed"]
    done += [f"{number['withdrawn']} withdrawn"] if number["withdrawn"] else []
    return f"{', '.join([*done, *rest])}."


def fingerprint(plan: Plan) -> str:
    """Return one word for all that the plan would do: two plans that differ in a value have two."""
    told = [as_dict(plan), [[label(*step.top), step.verb, {name: str(value) for name, value in step.values.items()}] for step in plan.steps]]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def as_dict(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON writes it: the counts, every change, and what is gone."""
    return {
        "counts": counts(plan),
        "changes": [_step(step) for step in plan.steps],
        "gone": [label(*step.top) for step in plan.gone],
        "locked": [{"record": label(*top), "fields": [*names]} for top, names in plan.locked.items()],
    }


def _step(step: Step) -> dict[str, Any]:
    told: dict[str, Any] = {"record": label(*step.top), "what": step.verb}
    if step.table.owner:
        told["child"] = _child(step)
    if step.differences:
        told["fields"] = [{"field": one.field.name, "old": spelled(one.field, one.old), "new": spelled(one.field, one.new)} for one in step.differences]
    return told
