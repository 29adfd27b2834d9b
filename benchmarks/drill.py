"""Kill loads at random moments and see what is left, on SQLite and on PostgreSQL: nothing, or all. Then two loaders at once.

    .venv/bin/python benchmarks/drill.py --kills 20 --mentions 5000

What is left is counted by sqlite3 and psycopg themselves, not by the application. Exits 1 if anything partial was found.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
SEED = 7
TABLES = (
    *("party", "series", "source", "commitment", "meeting", "report", "mention", "citation"),
    *("summary", "mentionsummary", "searchentry", "load", "edit", "loaded"),
)
HISTORY = ("historicalmention", "historicalcitation", "historicalmeeting")


_AT_WORK = "SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND xact_start IS NOT NULL AND backend_type = 'client backend'"


def command(url: str, *arguments: str) -> subprocess.Popen[str]:
    own = {"DATABASE_URL": url, "ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-drills-only", "LOG_LEVEL": "ERROR"}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    if process.returncode:
        sys.exit(f"{process.args!r}: {err}")
    return out


def counted(url: str) -> dict[str, int]:
    """Return how many rows stand in each table, asked of the driver."""
    connection: Any = sqlite3.connect(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else psycopg.connect(url)
    try:
        if url.startswith("sqlite"):
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchone() is None
        return {name: connection.execute(f"SELECT count(*) FROM tracker_{name}").fetchone()[0] for name in (*TABLES, *HISTORY)}
    finally:
        connection.close()


def drill(url: str, world: Path, kills: int) -> int:
    """Kill so many loads; return how many left something partial."""
    finished(command(url, "migrate", "--verbosity", "0"))
    before = counted(url)
    start = time.monotonic()
    finished(command(url, "load_fixtures", str(world), "--dry-run"))
    whole = (time.monotonic() - start) * 1.5
    chance, partial, late = random.Random(SEED), 0, 0
    for _kill in range(kills):
        process = command(url, "load_fixtures", str(world))
        time.sleep(chance.uniform(0.1, whole))
        if process.poll() is not None:
            # It was faster than thought: what it wrote is taken back, and the next is killed earlier.
            late += 1
            whole *= 0.8
            finished(command(url, "revert_load", finished(command(url, "loads")).split()[0]))
            before = counted(url)
            continue
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        wait_for_rollback(url)
        partial += counted(url) != before
    print(f"  {kills - late} killed, {late} were through before; {partial} left something partial", flush=True)
    return partial


def wait_for_rollback(url: str) -> None:
    """PostgreSQL notices a moment later that nobody is there any more."""
    if not url.startswith("sqlite"):
        with psycopg.connect(url, autocommit=True) as connection:
            for _try in range(100):
                if not connection.execute(_AT_WORK).fetchone():
                    return
                time.sleep(0.1)


def two_at_once(url: str, world: Path) -> int:
    """Load the same file twice at the same time: one writes, the other finds nothing to do."""
    loads = [command(url, "load_fixtures", str(world)) for _loader in range(2)]
    ended = sorted(finished(load).splitlines()[-1] for load in loads)
    print(f"  two at once: {ended}", flush=True)
    return int(sum(line.startswith("No change") for line in ended) != 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20, help="loads to kill on each engine (default: 20)")
    parser.add_argument("--mentions", type=int, default=10_000, help="size of the world (default: 10,000)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    again = [sys.executable, __file__, "--here", "--kills", str(asked.kills), "--mentions", str(asked.mentions)]
    if not asked.here:
        with tempfile.TemporaryDirectory() as name:
            on_sqlite = subprocess.run(again, env=os.environ | {"DATABASE_URL": f"sqlite:///{name}/drill.sqlite3"}, check=False)
        on_postgres = subprocess.run([str(ROOT / "scripts/with_postgres.sh"), *again], check=False)
        sys.exit(on_sqlite.returncode or on_postgres.returncode)
    url = os.environ["DATABASE_URL"]
    print(url.partition(":")[0])
    with tempfile.TemporaryDirectory() as name:
        world = Path(name) / "world.jsonl"
        with world.open("w") as file:
            subprocess.run([sys.executable, str(ROOT / "benchmarks/world.py"), "--mentions", str(asked.mentions)], stdout=file, check=True)
        sys.exit(int(drill(url, world, asked.kills) + two_at_once(url, world) > 0))


if __name__ == "__main__":
    main()
