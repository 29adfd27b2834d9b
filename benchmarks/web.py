"""Measure pages in a large synthetic world, and write their section of docs/performance.md.

    .venv/bin/python benchmarks/web.py --mentions 100000             print the figures
    .venv/bin/python benchmarks/web.py --mentions 1000000 --write    write them into docs/performance.md
    .venv/bin/python benchmarks/web.py --world /path/to.sqlite3      in a world that was loaded before

Each page is asked for within one process, without a network. Told is the time of the processor, the database (SQLite, in the same process) included: on a
machine that others use too it says more than a clock. Datasette gets the same rows as one table with an index for each facet, and an environment of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SAMPLE, TIMES = 40, 7
CELLS = 200 * 300
FACETS = {"act": "agreed", "level": "leaders", "evidence": "B"}
DUMMY = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
SECTION = """## Pages in a large world

{day}, {cores} cores shared with other work, Python {python}, one run of `make bench-web` (`benchmarks/web.py`), SQLite,
{mentions:,} mentions of a synthetic world (`benchmarks/world.py`). Milliseconds of the processor for a whole answer of the server, the
database included; the empty view is an address of the same application that answers with nothing.

{table}

- *Made*: nothing was kept. *Kept*: the same answer asked for again while nothing it shows has changed
  ([0022](decisions/0022-kept-answers.md)); what takes less than 50 ms is made each time.
- Dossiers and meetings are {sample} of each, spread evenly over the whole world; the largest is told apart. The matrix is that of the
  series nearest to 200 × 300 cells.
- *Mentions, three facets*: act, level and evidence in force. The page counts all fifteen facets of the list, up to 2,000 rows.
  Datasette counts these three, to the end, because its limit of time is lifted: {datasette}

"""


def prepare(database: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-benchmarks-only"}
    os.environ |= {"ALLOWED_HOSTS": "testserver", "LOG_LEVEL": "ERROR", "DATABASE_URL": f"sqlite:///{database}"}
    warnings.filterwarnings("ignore", "No directory at")
    import django

    django.setup()


def load(folder: Path, mentions: int) -> None:
    """Load a world of so many mentions as a data steward does."""
    from django.core.management import call_command

    world = folder / "world.jsonl"
    with world.open("w") as file:
        subprocess.run([sys.executable, str(ROOT / "benchmarks/world.py"), "--mentions", str(mentions)], stdout=file, check=True)
    call_command("load_fixtures", str(world), verbosity=0)


def spread(model: Any, number: int) -> list[str]:
    """Return the slugs of so many public rows, spread evenly over all."""
    slugs = list(model.objects.published().order_by("pk").values_list("slug", flat=True))
    return slugs[:: max(1, len(slugs) // number)][:number]


def questions() -> list[str]:
    from benchmarks.world import WORDS

    return [f"{WORDS[place]} {WORDS[-place - 7]}" for place in range(SAMPLE)]


def pages(sample: int, times: int) -> dict[str, list[str]]:
    """Return under the name of each kind of page the addresses that are asked for."""
    from django.db.models import Count

    from tracker.models import Commitment, Meeting, Series

    sized = Series.objects.published().annotate(high=Count("commitments", distinct=True), wide=Count("meetings", distinct=True))
    near = min(sized, key=lambda one: abs(one.high * one.wide - CELLS))
    largest = Commitment.objects.published().concrete().filter(series__slug="series-0").order_by("-roll_up__voiced_meetings").values_list("slug", flat=True)[0]
    facets = "&".join(f"{name}={value}" for name, value in FACETS.items())
    return {
        "empty view": ["/empty/"] * sample,
        "list of commitments": ["/commitments/"] * times,
        "list of mentions": ["/mentions/"] * times,
        "mentions, three facets": [f"/mentions/?{facets}"] * times,
        "list of meetings": ["/meetings/"] * times,
        "dossier": [f"/commitments/{slug}/" for slug in spread(Commitment, sample)],
        "the largest dossier": [f"/commitments/{largest}/"] * min(3, times),
        "meeting": [f"/meetings/{slug}/" for slug in spread(Meeting, sample)],
        "search": [f"/search/?q={words}" for words in questions()[:sample]],
        f"matrix {near.high} × {near.wide}": [f"/series/{near.slug}/"] * times,
        "the record in numbers": ["/numbers/"] * min(3, times),
    }


def taken(client: Any, addresses: Iterable[str]) -> list[float]:
    """Return the milliseconds that each answer takes."""
    found = []
    for address in addresses:
        start = time.process_time()
        answer = client.get(address)
        found.append((time.process_time() - start) * 1000)
        if answer.status_code != 200:
            sys.exit(f"{address} was answered with {answer.status_code}")
    return found


def measured(folder: Path, sample: int) -> dict[str, tuple[list[float], list[float]]]:
    """Return for each kind of page what its answers take when they are made, and when they were kept."""
    from django.test import Client, override_settings

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    files = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": folder / "kept", "OPTIONS": {"MAX_ENTRIES": 1000}}
    found: dict[str, tuple[list[float], list[float]]] = {}
    with override_settings(STORAGES=plain, ROOT_URLCONF="benchmarks.empty"):
        for name, addresses in pages(sample, min(sample, TIMES)).items():
            with override_settings(CACHES={"default": DUMMY, "kept": DUMMY}):
                client = Client()
                taken(client, addresses[:1])
                made = taken(client, addresses)
            with override_settings(CACHES={"default": DUMMY, "kept": files}):
                taken(client, dict.fromkeys(addresses))
                found[name] = made, taken(client, addresses)
            print(f"{name:<32}{statistics.median(made):>10.1f}{statistics.median(found[name][1]):>10.1f}", file=sys.stderr, flush=True)
    return found


def flat_table(database: str, target: Path) -> None:
    """Write the public mentions as one table, as its facets name them, with an index for each."""
    from tracker.queries.coded import all_mentions
    from tracker.vocabulary import Level

    rows = all_mentions().order_by("pk").values_list(
        "pk", "commitment__slug", "meeting__slug", "meeting__starts_latest", "act", "meeting__level", "roll_up__evidence_grade", "standing", "summary"
    )  # fmt: skip
    with sqlite3.connect(target) as flat:
        flat.execute("CREATE TABLE mention (id INTEGER PRIMARY KEY, commitment, meeting, date, act, level, evidence, standing, summary)")
        told = ((pk, what, where, day.isoformat(), act, Level(level).word, *rest) for pk, what, where, day, act, level, *rest in rows.iterator())
        flat.executemany(f"INSERT INTO mention VALUES ({', '.join('?' * 9)})", told)
        for name in (*FACETS, "date"):
            flat.execute(f"CREATE INDEX mention_{name} ON mention ({name})")
        flat.execute("ANALYZE")
    print(f"{database} as one table: {target.stat().st_size / 1e6:.0f} MB", file=sys.stderr)


def datasette(folder: Path, database: str) -> tuple[str, list[float]]:
    """Return the version of Datasette, and the milliseconds of its page of the same rows with the same facets."""
    flat_table(database, folder / "flat.db")
    uv = str(ROOT / ".venv/bin/uv")
    python = folder / "datasette/bin/python"
    subprocess.run([uv, "venv", "-q", str(folder / "datasette")], check=True)
    subprocess.run([uv, "pip", "install", "-q", "--python", str(python), "datasette"], check=True)
    told = subprocess.run([str(python), "-m", "datasette", "--version"], check=True, capture_output=True, text=True).stdout.strip().rpartition(" ")[2]
    asked = "&".join([*(f"{name}={value}" for name, value in FACETS.items()), *(f"_facet={name}" for name in FACETS), "_sort_desc=date", "_size=60"])
    command = [str(python), str(ROOT / "benchmarks/datasette_page.py"), str(folder / "flat.db"), f"/flat/mention?{asked}", str(TIMES)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return told, [seconds * 1000 for seconds in json.loads(done.stdout)]


def table(found: dict[str, tuple[list[float], list[float]]], other: tuple[str, Sequence[float]]) -> str:
    """Return the figures as a table."""
    nothing = statistics.median(found["empty view"][0])
    lines = ["| | made: median | slowest | × empty view | kept: median | × empty view |", "|---|---:|---:|---:|---:|---:|"]
    for name, (made, kept) in found.items():
        middle, again = statistics.median(made), statistics.median(kept)
        lines.append(f"| {name} | {middle:,.1f} | {max(made):,.1f} | {middle / nothing:,.0f} | {again:,.1f} | {again / nothing:,.0f} |")
    version, taken_there = other
    middle = statistics.median(taken_there)
    return "\n".join([*lines, f"| Datasette {version}, the same three facets | {middle:,.1f} | {max(taken_there):,.1f} | {middle / nothing:,.0f} | | |"])


def compared(found: dict[str, tuple[list[float], list[float]]], other: Sequence[float]) -> str:
    made, kept = (statistics.median(some) for some in found["mentions, three facets"])
    there = statistics.median(other)
    return f"it takes {there / made:.1f} times as long as the page that is made, {there / kept:.0f} times as long as the one that was kept."


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=100_000, help="size of the world (default: 100,000)")
    parser.add_argument("--world", help="the SQLite file of a world that was loaded before; it is migrated, and nothing else is changed")
    parser.add_argument("--sample", type=int, default=SAMPLE, help=f"how many dossiers, meetings and questions (default: {SAMPLE})")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = asked.world or f"{folder}/world.sqlite3"
        prepare(database)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if not asked.world:
            load(folder, asked.mentions)
        from tracker.loading.turns import take_stock
        from tracker.models import Mention

        take_stock()
        found, other = measured(folder, asked.sample), datasette(folder, database)
        mentions = Mention.objects.count()
    told = table(found, other)
    print(told)
    if asked.write:
        from benchmarks.performance_page import PAGE, with_section

        today = datetime.now(UTC)
        about: dict[str, Any] = {"day": f"{today.day} {today:%B %Y}", "cores": os.cpu_count(), "python": platform.python_version(), "mentions": mentions}
        section = SECTION.format(**about, table=told, sample=asked.sample, datasette=compared(found, other[1]))
        PAGE.write_text(with_section(PAGE.read_text("utf-8"), section), "utf-8")


if __name__ == "__main__":
    main()
