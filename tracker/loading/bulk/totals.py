"""What the parts of a large load came to, kept small."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models

from tracker.chronicle import Changes
from tracker.loading.carrying import Keys
from tracker.loading.edits import changes
from tracker.loading.plan import Plan, Step, Top
from tracker.loading.problems import Problem
from tracker.loading.tables import BY_NAME
from tracker.search.entries import MAKERS

#: As many records are told step by step, and as many problems; a file of another kind is wrong in every line.
MOST_TOLD = 1_000


@dataclass(slots=True)
class Totals:
    """The first problems and steps in full, the others as numbers, and what the history and the search must know."""

    problems: list[Problem] = field(default_factory=list)
    untold: int = 0
    same: int = 0
    steps: list[Step] = field(default_factory=list)
    told: set[Top] = field(default_factory=set)
    new: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    more: int = 0
    locked: dict[Top, dict[str, bool]] = field(default_factory=dict)
    done: Changes = field(default_factory=Changes)
    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    added: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Add problems, as long as there is room for them."""
        room = max(0, MOST_TOLD - len(self.problems))
        self.problems.extend(sorted(problems)[:room])
        self.untold += max(0, len(problems) - room)

    def add(self, kind: str, pks: Collection[int]) -> None:
        """Count new records that have no step, and keep those in mind that the search finds: mentions are many, and found by their citations."""
        self.new[kind] += len(pks)
        if kind in MAKERS:
            self.added[kind].update(pks)

    def take(self, todo: Plan, keys: Keys) -> None:
        """Add what a plan did that has been carried out."""
        self.same += todo.same
        self.locked |= todo.locked
        self.done.update(changes(todo.steps, keys))
        new = {step.top for step in todo.steps if step.verb == "new" and not step.table.owner}
        for top in dict.fromkeys(step.top for step in todo.steps):
            kind, identity = top
            (self.added if top in new else self.touched)[kind].add(keys[kind][identity])
            if len(self.told) < MOST_TOLD:
                self.told.add(top)
            elif top in new:
                self.new[kind] += 1
            else:
                self.more += 1
        self.steps += [step for step in todo.steps if step.top in self.told]

    def records(self) -> Iterator[tuple[type[models.Model], int]]:
        """Yield the records that a plan changed, or whose rows it changed."""
        for kind, pks in self.touched.items():
            for pk in pks:
                yield BY_NAME[kind].model, pk
