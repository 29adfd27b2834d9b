"""The figures of benchmarks/loading.py as a table, and that table in its section of docs/performance.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path


def table(found: dict[str, dict[str, dict[str, float]]], mentions: int, small: int) -> str:
    """Return the figures of both engines as a table; ``small`` is the size at which `loaddata` was measured."""
    rows: list[tuple[str, Callable[[dict[str, dict[str, float]]], str]]] = [
        ("first load, rows and versions", lambda f: f"{f['load']['rows']:.1f} s"),
        ("bare loop of the driver", lambda f: f"{f['bare']['seconds']:.1f} s"),
        ("**first load against the bare loop**", lambda f: f"**{f['load']['rows'] / f['bare']['seconds']:.2f} ×**"),
        ("summaries after it", lambda f: f"{f['load']['summaries']:.1f} s"),
        ("index of the search after it", lambda f: f"{f['load']['search']:.1f} s"),
        ("the same load again", lambda f: f"{f['reload']['seconds']:.1f} s"),
        ("**again against first**", lambda f: f"**{f['reload']['seconds'] / f['load']['rows']:.2f} ×**"),
        ("dry run", lambda f: f"{f['dry']['seconds']:.1f} s"),
        ("export as JSON Lines", lambda f: f"{f['export']['seconds']:.1f} s"),
        ("most memory, first load", lambda f: f"{f['load']['megabytes']:.0f} MB"),
        ("most memory, the same again", lambda f: f"{f['reload']['megabytes']:.0f} MB"),
        ("most memory, export", lambda f: f"{f['export']['megabytes']:.0f} MB"),
        (f"a mention by `loaddata`, of {small:,}", lambda f: f"{f['loaddata']['seconds'] / small * 1e6:,.0f} µs"),
        (f"a mention by a load of {small:,}", lambda f: f"{f['small']['rows'] / small * 1e6:,.0f} µs"),
        (f"a mention by a load of {mentions:,}", lambda f: f"{f['load']['rows'] / mentions * 1e6:,.0f} µs"),
        ("**`loaddata` against the load of the same size**", lambda f: f"**{f['loaddata']['seconds'] / f['small']['rows']:.1f} ×**"),
    ]
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    lines = [f"| {mentions:,} mentions | {' | '.join(names[name] for name in found)} |", f"|---|{'---|' * len(found)}"]
    return "\n".join([*lines, *(f"| {label} | {' | '.join(tell(found[name]) for name in found)} |" for label, tell in rows)])


PAGE = Path(__file__).resolve().parent.parent / "docs/performance.md"
#: The section of the page that is written here, from its heading to the next.
SECTION = """## Large loads

{day}, {cores} cores, Python {python}, one run of `make bench` (`benchmarks/loading.py`). The world is synthetic
(`benchmarks/world.py`), nothing of it is real: few of its series are busy and many quiet, and few things come up all the time.

{table}

- *Rows and versions*: everything from the first byte of the file to the last row of the tables and of the history, the checks
  included. Roll-ups and the index of the search are made from them afterwards and told apart.
- *Bare loop*: a process that does nothing but hand the same rows, taken from a file, to the driver: `executemany` on SQLite,
  `COPY` on PostgreSQL; the same tables, versions included, the same indexes.
- `loaddata` writes neither versions nor roll-ups and checks nothing.

"""


def with_section(page: str, section: str) -> str:
    """Return the page with this section in place of the one under the same heading, or before all others."""
    heading = section.partition("\n")[0]
    before, found, after = page.partition(heading)
    if not found:
        before, mark, after = page.partition("\n## ")
        return f"{before}\n{section}{mark[1:]}{after}"
    _old, mark, rest = after.partition("\n## ")
    return before + section + mark[1:] + rest


def write(told: str) -> None:
    """Put the table into its section of the page."""
    today = datetime.now(UTC)
    section = SECTION.format(day=f"{today.day} {today:%B %Y}", table=told, cores=os.cpu_count(), python=platform.python_version())
    PAGE.write_text(with_section(PAGE.read_text("utf-8"), section), "utf-8")
