"""Measure large loads on SQLite and on PostgreSQL, and write docs/performance.md.

    .venv/bin/python benchmarks/loading.py --mentions 100000            print the figures
    .venv/bin/python benchmarks/loading.py --mentions 1000000 --write   write them into docs/performance.md

The world is synthetic (benchmarks/world.py). What a load takes is compared, in one run, with a bare loop of the driver that puts the same rows, versions
included, into the same tables with the same indexes: executemany on SQLite, COPY on PostgreSQL. Each step is a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import performance_page  # noqa: E402  it stands beside this file

SMALL = 20_000
BATCH = 10_000
#: Made from the others after the rows are in, and measured apart.
DERIVED = ("summary", "mentionsummary", "searchentry", "searchword")


def prepare() -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-benchmarks-only"}
    os.environ |= {"LOG_LEVEL": "ERROR"}
    import django

    django.setup()


def loaded(folder: Path, *, dry_run: bool = False) -> dict[str, float]:
    """Load the world; return the seconds of the whole and of what is derived."""
    from django.utils import timezone

    from tracker.loading.edits import Loader
    from tracker.loading.routes import load

    spent: dict[str, float] = {}
    since: list[Any] = [time.perf_counter(), "rows"]

    def tick(stage: str, _done: int, _whole: int) -> None:
        now = time.perf_counter()
        spent[since[1]] = spent.get(since[1], 0) + now - since[0]
        since[:] = [now, stage if stage in {"summaries", "search"} else "rows"]

    start = time.perf_counter()
    load([folder / "world.jsonl"], by=Loader(timezone.now()), complete=False, dry_run=dry_run, tick=tick)
    tick("end", 0, 0)
    return {"seconds": time.perf_counter() - start} | {name: spent.get(name, 0) for name in ("rows", "summaries", "search")}


def tables() -> list[Any]:
    from django.apps import apps

    models = apps.get_app_config("tracker").get_models(include_auto_created=True)
    return [model for model in models if model._meta.model_name not in DERIVED]


def exported(folder: Path) -> dict[str, float]:
    """Write all records as JSON Lines, as a backup does."""
    from django.core.management import call_command

    start = time.perf_counter()
    call_command("export_fixtures", str(folder / "export"), format="jsonl", verbosity=0)
    return {"seconds": time.perf_counter() - start}


def kept(folder: Path) -> dict[str, float]:
    """Put the rows of all tables aside, as the driver takes them."""
    from django.db import connection

    number = 0
    with connection.cursor() as cursor:
        for model in tables():
            table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            names = ", ".join(f'"{column}"' for column in columns)
            with (folder / f"{table}.rows").open("wb") as file:
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY {table} ({names}) TO STDOUT") as copy:
                        for block in copy:
                            file.write(block)
                    continue
                rows = connection.connection.execute(f"SELECT {names} FROM {table}")
                while some := rows.fetchmany(BATCH):
                    pickle.dump(some, file)
                    number += len(some)
    return {"rows": number}


def bare(folder: Path) -> dict[str, float]:
    """Put the rows into empty tables with nothing but the driver."""
    from django.db import connection, transaction

    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for model in tables():
            table, columns = model._meta.db_table, [field.column for field in model._meta.concrete_fields]
            names = ", ".join(f'"{column}"' for column in columns)
            with (folder / f"{table}.rows").open("rb") as file:
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                        while block := file.read(1 << 18):
                            copy.write(block)
                    continue
                insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
                for some in pickled(file):
                    connection.connection.executemany(insert, some)
    return {"seconds": time.perf_counter() - start}


def pickled(file: Any) -> Iterator[Any]:
    try:
        while True:
            yield pickle.load(file)
    except EOFError:
        return


def loaddata(folder: Path) -> dict[str, float]:
    """Let Django load the same records from a fixture of its own; it writes neither versions nor anything derived."""
    from django.core.management import call_command

    start = time.perf_counter()
    call_command("loaddata", str(folder / "world.json"), verbosity=0)
    return {"seconds": time.perf_counter() - start}


def dumpdata(folder: Path) -> dict[str, float]:
    from django.core.management import call_command

    from tracker.models.kinds import CHILDREN, RECORDS

    call_command("dumpdata", *(f"tracker.{model.__name__}" for model in (*RECORDS, *CHILDREN)), output=str(folder / "world.json"), verbosity=0)
    return {}


def migrate(_folder: Path) -> dict[str, float]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    return {}


def flush(_folder: Path) -> dict[str, float]:
    """Make every table empty again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    return migrate(_folder)


STEPS: dict[str, Callable[[Path], dict[str, float]]] = {
    "migrate": migrate,
    "flush": flush,
    "load": loaded,
    "reload": loaded,
    "dry": lambda folder: loaded(folder, dry_run=True),
    "export": exported,
    "keep": kept,
    "bare": bare,
    "dumpdata": dumpdata,
    "loaddata": loaddata,
}


def step(name: str, folder: Path, url: str) -> dict[str, float]:
    """Run one step as a process of its own; return its figures and the most memory it held."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", name, "--folder", str(folder)],
        env=os.environ | {"DATABASE_URL": url},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    print(f"  {name}: {', '.join(f'{key} {value:,.2f}' for key, value in figures.items())}", file=sys.stderr, flush=True)
    return figures


def write_world(folder: Path, mentions: int) -> None:
    with (folder / "world.jsonl").open("w") as file:
        subprocess.run([sys.executable, str(ROOT / "benchmarks/world.py"), "--mentions", str(mentions)], stdout=file, check=True)


def engine(mentions: int) -> dict[str, dict[str, float]]:
    """Measure on the engine that DATABASE_URL names."""
    given = os.environ["DATABASE_URL"]
    figures = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_world(folder, SMALL)
        url = fresh(folder, given, "small")
        figures["small"] = step("load", folder, url)
        step("dumpdata", folder, url)
        figures["loaddata"] = step("loaddata", folder, fresh(folder, given, "loaddata"))
        write_world(folder, mentions)
        url = fresh(folder, given, "large")
        for name in ("dry", "load", "reload", "export", "keep"):
            figures[name] = step(name, folder, url)
        figures["bare"] = step("bare", folder, fresh(folder, given, "bare"))
    return figures


def fresh(folder: Path, given: str, name: str) -> str:
    if given.startswith("postgres"):
        step("flush", folder, given)
        return given
    url = f"sqlite:///{folder}/{name}.sqlite3"
    step("migrate", folder, url)
    return url


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=100_000, help="size of the world (default: 100,000)")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], help="one engine only")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        prepare()
        figures = STEPS[asked.step](asked.folder)
        print(json.dumps(figures | {"megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
    elif asked.here:
        print(json.dumps(engine(asked.mentions)))
    else:
        report(asked)


def report(asked: argparse.Namespace) -> None:
    again = [sys.executable, __file__, "--here", "--mentions", str(asked.mentions)]
    found = {}
    for name, before, url in (("sqlite", [], "sqlite:"), ("postgresql", [str(ROOT / "scripts/with_postgres.sh")], "")):
        if asked.engine in {None, name}:
            done = subprocess.run([*before, *again], env=os.environ | {"DATABASE_URL": url}, check=True, stdout=subprocess.PIPE, text=True)
            found[name] = json.loads(done.stdout.splitlines()[-1])
    told = performance_page.table(found, asked.mentions, SMALL)
    print(told)
    if asked.write:
        performance_page.write(told)


if __name__ == "__main__":
    main()
