"""Inject every fault that this machine can bear, print what became of each, and with --write keep the rows in docs/reliability.md.

    .venv/bin/python -m benchmarks.drills --write
    .venv/bin/python -m benchmarks.drills F12 snapshot

Words choose drills by what their functions are called or say. Exits 1 if a promise was not held.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from importlib import metadata

from . import nodes, records, servers, serving
from .machines import ROOT, binaries, manage
from .outcome import HEAD, Drill, Outcome, in_order, rows, rows_in, tried

#: In the order of their value: who stops early has the most telling ones.
DRILLS: tuple[Drill, ...] = (
    servers.on_two_servers,
    serving.behind_nginx,
    serving.reloaded_and_killed,
    records.disk_full,
    serving.killed_after_each_save,
    serving.power_cut,
    records.many_writers,
    nodes.snapshot_node,
    records.loader_killed,
    records.large_load_on_sqlite,
    servers.large_load_on_postgresql,
)
PAGE = ROOT / "docs/reliability.md"
_BEGIN, _END = "<!-- drills -->", "<!-- /drills -->"


def version(*command: str) -> str:
    """Return what a program says of its version, or that it is missing."""
    if shutil.which(command[0]) is None:
        return f"no {command[0]}"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return (done.stdout or done.stderr).splitlines()[0].strip()


def written(outcomes: list[Outcome], day: str) -> None:
    """Put the rows into the page, in the place of those for the same faults; what was not tried keeps the row and the day it has."""
    on = ", ".join(
        (
            f"{os.cpu_count()} cores (shared with the drills themselves and with other work, load {os.getloadavg()[2]:.0f})",
            f"Python {platform.python_version()}",
            f"Django {metadata.version('django')}",
            f"gunicorn {metadata.version('gunicorn')}",
            version(str(binaries() / "postgres"), "--version"),
            version("nginx", "-v").removeprefix("nginx version: "),
            version("pgbouncer", "--version"),
        )
    )
    head, _, rest = PAGE.read_text("utf-8").partition(_BEGIN)
    before, _, tail = rest.partition(_END)
    lines = [*HEAD, *in_order(rows_in(before) | rows(outcomes, day))]
    PAGE.write_text("\n".join([f"{head}{_BEGIN}", f"Last on {day}: {on}.", "", *lines, f"{_END}{tail}"]), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*", help="only drills whose name or description holds one of these")
    parser.add_argument("--write", action="store_true", help="keep the table in docs/reliability.md")
    asked = parser.parse_args()
    chosen = [one for one in DRILLS if not asked.words or any(word.lower() in f"{one.__name__} {one.__doc__}".lower() for word in asked.words)]
    # Whoever ends it early ends what it started, too.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(128 + signal.SIGTERM))
    manage({}, "collectstatic", "--noinput", "--verbosity", "0")
    outcomes = [outcome for drill in chosen for outcome in tried(drill)]
    day = datetime.now(UTC).date().isoformat()
    print("\n".join([*HEAD, *rows(outcomes, day).values()]))
    if asked.write:
        written(outcomes, day)
    sys.exit(int(any(one.held is False for one in outcomes)))


if __name__ == "__main__":
    main()
