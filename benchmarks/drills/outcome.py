"""What a drill reports: one row of the table of faults."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, what is promised, and what was measured. ``held`` is None where the fault could not be injected here; then ``measured`` says why."""

    fault: str
    injected: str
    promised: str
    measured: str
    held: bool | None

    @property
    def verdict(self) -> str:
        return {True: "held", False: "**not held**", None: "not tried"}[self.held]


Drill = Callable[[], list[Outcome]]


def not_here(fault: str, injected: str, promised: str, why: str) -> Outcome:
    """Return the row of a fault that this machine can't inject."""
    return Outcome(fault, injected, promised, why, held=None)


def tried(drill: Drill) -> list[Outcome]:
    """Return the outcomes of a drill, and say them; one that breaks off is a promise not held."""
    name = getattr(drill, "__name__", "")
    print(f"• {name}", flush=True)
    try:
        found = drill()
    except Exception as error:  # noqa: BLE001  whatever it is, the others are still to be tried
        traceback.print_exc()
        found = [Outcome(name, (drill.__doc__ or "").partition("\n")[0], "the drill ends", f"it broke off: {' '.join(str(error).split())[-200:]}", held=False)]
    for one in found:
        print(f"  {one.fault}: {one.measured} – {one.verdict}", flush=True)
    return found


HEAD = ["| fault | how it was injected | promised | measured | | day |", "|---|---|---|---|---|---|"]


def rows(outcomes: list[Outcome], day: str) -> dict[str, str]:
    """Return the outcomes as rows of a table in Markdown, by their fault."""
    return {one.fault: f"| {one.fault} | {one.injected} | {one.promised} | {one.measured} | {one.verdict} | {day} |" for one in outcomes}


def rows_in(text: str) -> dict[str, str]:
    """Return the rows of such a table that stand in ``text``."""
    return {line.split(" | ")[0].removeprefix("| "): line for line in text.splitlines() if line.startswith("| ") and line not in HEAD}


def in_order(found: dict[str, str]) -> list[str]:
    """Return the rows by the numbers of their faults; those without one come last."""

    def place(fault: str) -> tuple[int, str]:
        number = re.match(r"F(\d+)", fault)
        return (int(number[1]) if number else 99, fault)

    return [found[fault] for fault in sorted(found, key=place)]
