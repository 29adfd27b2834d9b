"""Faults of what keeps the records on one machine: many writers, a large load, a full disk, a loader killed."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from .machines import OWN, ROOT, Web, editor, prepared
from .outcome import Outcome, not_here
from .people import Answer, Browser, Crowd

WRITERS = 8
EACH = 15
#: How many mentions a large load holds.
LARGE = int(os.environ.get("DRILL_MENTIONS", "200000"))
KILLS = int(os.environ.get("DRILL_KILLS", "10"))


def loader_killed() -> list[Outcome]:
    """F1 to F3 have a drill of their own, whose words are repeated here."""
    command = [sys.executable, str(ROOT / "benchmarks/drill.py"), "--kills", str(KILLS), "--mentions", "5000"]
    done = subprocess.run(command, env=os.environ | {"ENV_FILE": os.devnull}, capture_output=True, text=True, check=False)
    found = re.findall(r"^(sqlite|postgres)\n  (\d+) killed, \d+ were through before; (\d+) left", done.stdout, re.MULTILINE)
    if not found:
        return [not_here("F1, F2 loader dies", "benchmarks/drill.py", "nothing partial", done.stderr.strip()[-200:] or "it said nothing")]
    numbers = {"sqlite": "F1", "postgres": "F2"}
    return [
        Outcome(
            f"{numbers[engine]} loader dies",
            f"kill -9 at random moments ({engine})",
            "nothing partial; two at once: one loads",
            f"{partial} partial of {kills}",
            partial == "0",
        )
        for engine, kills, partial in found
    ]


def many_writers() -> list[Outcome]:
    """F9: eight editors save at the same time, on SQLite."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'drill.sqlite3'}"}
        prepared(variables)
        web = Web(variables, folder)
        people = [editor(variables, web.port, f"synthetic-{one}") for one in range(WRITERS)]
        left = [EACH] * WRITERS

        def save(one: int) -> Answer:
            left[one] -= 1
            people[one].open_form()
            return people[one].save(f"Synthetic {one}-{left[one]}")

        with Crowd(save, WRITERS) as crowd:
            while min(left) > 0:
                time.sleep(0.1)
        web.kill()
    failed = len(crowd.failed(302))
    measured = f"{failed} of {len(crowd.answers)} failed; 99 % within {crowd.at(0.99):.1f} s, longest {crowd.longest():.1f} s"
    return [
        Outcome(
            "F9 many writers", f"{WRITERS} editors saving at once (SQLite, HTTP)", "none fails, none waits 10 s", measured, failed == 0 and crowd.longest() < 10
        )
    ]


def during_a_load(variables: dict[str, str], folder: Path, engine: str) -> Outcome:
    """F10: an editor saves and a reader reads while a large load runs."""
    prepared(variables)
    web = Web(variables, folder)
    person, reader = editor(variables, web.port), Browser(web.port)
    person.open_form()
    world = folder / "world.jsonl"
    with world.open("w") as file:
        subprocess.run([sys.executable, str(ROOT / "benchmarks/world.py"), "--mentions", str(LARGE)], stdout=file, check=True)
    saves: list[Answer] = []
    number = 0

    def save(_one: int) -> Answer:
        nonlocal number
        time.sleep(0.2)
        number += 1
        person.open_form()
        saves.append(person.save(f"Synthetic {number}"))
        return saves[-1]

    def read(_one: int) -> Answer:
        time.sleep(0.02)
        return reader.get(("/methods/", "/commitments/karachi-steel-mill/")[len(reading.answers) % 2])

    begun = time.monotonic()
    with (folder / "load.log").open("wb") as log, Crowd(save, 1) as saving, Crowd(read, 1) as reading:
        command = [sys.executable, str(ROOT / "manage.py"), "load_fixtures", str(world), "--verbosity", "0"]
        loaded = subprocess.run(command, env=os.environ | OWN | variables, stdout=log, stderr=log, check=False).returncode
    seconds = time.monotonic() - begun
    web.kill()
    failed, busy = saving.failed(302, 503), sum(answer.status == 503 for answer in saving.answers)
    measured = (
        f"load {seconds:.0f} s; {len(reading.failed())} of {len(reading.answers)} pages failed "
        f"(longest {reading.longest():.1f} s, 99 % within {reading.at(0.99):.2f} s); "
        f"of {len(saving.answers)} saves {len(failed)} lost, {busy} told to be sent again, longest wait {saving.longest():.1f} s"
    )
    promised = "pages go on; saves go on" if engine == "PostgreSQL" else "pages go on; a save waits 20 s, then keeps what was typed"
    held = loaded == 0 and not reading.failed() and not failed and (busy == 0 or engine == "SQLite")
    return Outcome("F10 large load", f"{LARGE:,} mentions loaded, an editor and a reader beside ({engine})", promised, measured, held)


def large_load_on_sqlite() -> list[Outcome]:
    """F10 on SQLite: an editor and a reader beside a large load."""
    with tempfile.TemporaryDirectory() as name:
        return [during_a_load({"DATABASE_URL": f"sqlite:///{name}/drill.sqlite3"}, Path(name), "SQLite")]


def content(database: Path) -> str:
    """Return a checksum of every row of the records."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(database)) as connection:
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'tracker_%' AND name NOT LIKE '%fts%' ORDER BY name"
        ).fetchall():
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY rowid"):
                found.update(repr(row).encode())
    return found.hexdigest()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of 64 MB; it is taken away again, whatever happens."""
    image, disk = folder / "disk.img", folder / "disk"
    disk.mkdir()
    subprocess.run(["dd", "if=/dev/zero", f"of={image}", "bs=1M", "count=64"], check=True, capture_output=True)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", str(image)], check=True, capture_output=True)
    subprocess.run(["mount", "-o", "loop", str(image), str(disk)], check=True, capture_output=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False, capture_output=True)


def fill(disk: Path) -> Path:
    """Write until nothing more can be written."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    os.sync()
    return ballast


def disk_full() -> list[Outcome]:
    """F11: the disk with the database is full, while people work and while a load runs."""
    row = (
        "F11 disk full",
        "an ext4 disk of 64 MB with the SQLite database filled to the last byte",
        "pages 200, saves 503 with what was typed; goes on without restart; nothing changed",
    )
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        return [not_here(*row, "a disk can be mounted by root only")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            with small_disk(folder) as disk:
                return [_with_full_disk(row, folder, disk)]
        except subprocess.CalledProcessError as error:
            return [not_here(*row, f"no disk could be mounted: {error.stderr.decode().strip()[-100:]}")]


def _with_full_disk(row: tuple[str, str, str], folder: Path, disk: Path) -> Outcome:
    database = disk / "drill.sqlite3"
    variables = {"DATABASE_URL": f"sqlite:///{database}"}
    prepared(variables)
    web = Web(variables, folder)
    person, reader = editor(variables, web.port), Browser(web.port)
    paths = ("/", "/commitments/", "/commitments/karachi-steel-mill/", "/search/?q=steel")
    for _warm in range(4):
        statuses = [reader.get(path).status for path in paths]
    person.open_form()
    before = content(database)
    ballast = fill(disk)
    statuses = [reader.get(path).status for _time in range(5) for path in paths]
    saves = [person.save("Synthetic words " * 5) for _time in range(5)]
    kept = all("Synthetic words" in answer.body for answer in saves)
    command = [sys.executable, str(ROOT / "manage.py"), "rebuild_search"]
    refused = subprocess.run(command, env=os.environ | OWN | variables, capture_output=True, text=True, check=False)
    same = content(database) == before
    ballast.unlink()
    after = person.save("Synthetic again").status
    web.kill()
    with closing(sqlite3.connect(database)) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    measured = (
        f"{statuses.count(200)} of {len(statuses)} pages 200; saves {sorted({answer.status for answer in saves})}{', typed words kept' if kept else ''}; "
        f"a command ended with {refused.returncode}; "
        f"content {'identical' if same else 'CHANGED'}; after freeing a save {after}; {'sound' if sound else 'BROKEN'}"
    )
    held = set(statuses) == {200} and {answer.status for answer in saves} == {503} and kept and same and after == 302 and sound
    return Outcome(*row, measured, held)
