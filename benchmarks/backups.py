"""Backups while others write: each is restored into another database and looked at by the doctor. On SQLite bits inside texts are flipped then.

    .venv/bin/python benchmarks/backups.py --backups 40 --flips 40

Works on databases of its own, one engine after the other, with the shipped records. Exits 1 if a backup is not whole or a flip is not found.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SEED = 7
WRITERS = 2


def own(url: str, folder: Path) -> dict[str, str]:
    settings = {"DATABASE_URL": url, "ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-drills-only", "LOG_LEVEL": "ERROR"}
    return {**os.environ, **settings, "BACKUP_DIR": str(folder / "backups"), "DJANGO_SETTINGS_MODULE": "config.settings"}


def part(name: str, url: str, folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, __file__, "--part", name, "--folder", str(folder), *arguments], env=own(url, folder))


def ended(process: subprocess.Popen[bytes]) -> None:
    if process.wait():
        sys.exit(f"{process.args!r} ended with {process.returncode}")


def run(name: str, *arguments: object) -> tuple[bool, str]:
    """Run a command; return whether it went well, and what it said."""
    from django.core.management import CommandError, call_command

    said = io.StringIO()
    try:
        call_command(name, *map(str, arguments), stdout=said, stderr=said)
    except (SystemExit, CommandError) as error:
        return False, f"{said.getvalue()}{error}"
    return True, said.getvalue()


def prepare(folder: Path, _number: int) -> None:
    run("migrate", "--verbosity", "0")
    run("load_fixtures")
    (folder / "backups").mkdir()


def write(folder: Path, number: int) -> None:
    """Edit one record after the other, as the desk saves them, until it is said that it is enough."""
    from django.db import transaction
    from django.utils import timezone

    from tracker import summaries
    from tracker.chronicle import Changes, Chronicle, begin
    from tracker.models import Commitment, Meeting
    from tracker.search.entries import follow

    chance, done = random.Random(number), 0
    tables: Any = ((Meeting, "summary"), (Commitment, "description"))
    while not (folder / "enough").exists():
        table, name = chance.choice(tables)
        row = chance.choice(list(table.objects.all()))
        with transaction.atomic():
            changes = Changes()
            table.objects.filter(pk=row.pk).update(**{name: f"Writer {number} was here {done} times."})
            changes.change(table, row.pk, [name])
            Chronicle(begin(timezone.now()), "A drill").write(changes)
            follow([row])
            summaries.refresh(summaries.touched_by(row))
        done += 1
        # Somebody who saves thirty times a second; without any pause they would only wait for each other's lock.
        time.sleep(0.03)
    print(f"  writer {number} saved {done} times", flush=True)


def back_up(_folder: Path, number: int) -> None:
    longest = 0.0
    for _backup in range(number):
        start = time.monotonic()
        well, said = run("backup", "--keep-all")
        longest = max(longest, time.monotonic() - start)
        if not well:
            sys.exit(said)
        time.sleep(1)
    print(f"  {number} backups, the slowest took {longest:.1f} s", flush=True)


def verify(folder: Path, number: int) -> None:
    """Restore each backup into the database of this process and let the doctor look at it."""
    from tracker.upkeep.archive import read_manifest
    from tracker.upkeep.asked import ask_here, held

    whole, backups = 0, sorted(path for path in (folder / "backups").iterdir() if path.suffix != ".json")
    times = []
    for backup in backups:
        start = time.monotonic()
        restored, said = run("restore", backup, "--overwrite")
        times.append(time.monotonic() - start)
        well, told = run("doctor", "--against", backup) if restored else (False, said)
        same = restored and held(ask_here).rows == read_manifest(backup).rows
        whole += well and same
        if not (well and same):
            print(f"  {backup.name}: {told}", flush=True)
        for old in folder.glob("*.before-*"):
            old.unlink()
    well, last = run("export_fixtures", folder / "restored", "--format", "jsonl", "--with-drafts")
    (folder / "restored.txt").write_text(last.partition("Checksum ")[2].strip())
    print(f"  {whole} of {len(backups)} restored and passed the doctor; a restore took {sorted(times)[len(times) // 2]:.2f} s in the middle", flush=True)
    sys.exit(int(whole != number or whole != len(backups)))


def checksum(folder: Path, _number: int) -> None:
    _well, said = run("export_fixtures", folder / "live", "--format", "jsonl", "--with-drafts")
    (folder / "live.txt").write_text(said.partition("Checksum ")[2].strip())


def flip(folder: Path, number: int) -> None:
    """Flip one bit inside a text of the file itself, of a row, of a version or of an entry of the search, and ask SQLite and the doctor."""
    from django.db import connection

    database, backup = Path(connection.settings_dict["NAME"]), sorted((folder / "backups").glob("*.sqlite3"))[-1]
    chance, raw = random.Random(SEED), backup.read_bytes()
    places = list(occurrences(backup, raw))
    found = seen = named = 0
    for offset, length in chance.sample(places, number):
        connection.close()
        changed = bytearray(raw)
        changed[offset + chance.randrange(length)] ^= 1 << chance.randrange(8)
        for left in database.parent.glob(f"{database.name}*"):
            left.unlink()
        database.write_bytes(changed)
        with closing(sqlite3.connect(database)) as copy:
            seen += copy.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        well, told = run("doctor")
        found += not well
        named += any(line.startswith(("commitment", "meeting", "mention", "milestone", "deadline", "source", "edit", "search")) for line in told.splitlines())
        if well:
            print(f"  not found: {changed[offset : offset + length]!r}", flush=True)
    print(f"  {found} of {number} flipped bits found, {named} with the record named; SQLite's own check saw {seen}", flush=True)
    sys.exit(int(found != number))


def occurrences(backup: Path, raw: bytes) -> Iterator[tuple[int, int]]:
    """Yield where in the file texts of records stand, each as often as it is kept."""
    asked = "SELECT paraphrase FROM tracker_citation UNION SELECT title FROM tracker_meeting UNION SELECT description FROM tracker_commitment UNION "
    with closing(sqlite3.connect(backup)) as copy:
        texts = {text for (text,) in copy.execute(f"{asked} SELECT title FROM tracker_source UNION SELECT reason FROM tracker_milestone") if len(text) > 20}
    for text in sorted(texts):
        at = raw.find(text.encode())
        while at >= 0:
            yield at, len(text.encode())
            at = raw.find(text.encode(), at + 1)


PARTS = {"prepare": prepare, "write": write, "back_up": back_up, "verify": verify, "checksum": checksum, "flip": flip}


def drill(url: str, other: str, folder: Path, backups: int, flips: int) -> int:
    """Return how many parts went wrong."""
    ended(part("prepare", url, folder))
    writers = [part("write", url, folder, "--number", str(number)) for number in range(WRITERS)]
    ended(part("back_up", url, folder, "--number", str(backups)))
    (folder / "enough").touch()
    for writer in writers:
        ended(writer)
    # One more of what nobody writes to any more: what is restored last must be what stands there.
    ended(part("back_up", url, folder, "--number", "1"))
    ended(part("checksum", url, folder))
    wrong = part("verify", other, folder, "--number", str(backups + 1)).wait()
    same = (folder / "live.txt").read_text() == (folder / "restored.txt").read_text() != ""
    print(f"  checksum of all records after the last restore: {'the same' if same else 'ANOTHER'}", flush=True)
    if flips and url.startswith("sqlite"):
        wrong += part("flip", other, folder, "--number", str(flips)).wait()
    return wrong + (not same)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--backups", type=int, default=40)
    parser.add_argument("--flips", type=int, default=40)
    parser.add_argument("--engine", choices=["sqlite", "postgres"], help="only this one (default: both)")
    for hidden in ("--part", "--folder", "--here"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, default=0, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.part:
        import django

        django.setup()
        PARTS[asked.part](Path(asked.folder), asked.number)
        return
    sizes = ["--backups", str(asked.backups), "--flips", str(asked.flips)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wrong = 0
        if asked.engine != "postgres" and not asked.here:
            print("sqlite", flush=True)
            wrong += drill(f"sqlite:///{folder}/live.sqlite3", f"sqlite:///{folder}/other.sqlite3", folder, asked.backups, asked.flips)
        if asked.here:
            print("postgres", flush=True)
            import psycopg

            url = os.environ["DATABASE_URL"]
            with psycopg.connect(url, autocommit=True) as server:
                server.execute("CREATE DATABASE other")
            wrong += drill(url, f"{url.rpartition('/')[0]}/other", folder, asked.backups, 0)
        elif asked.engine != "sqlite":
            wrong += subprocess.run([str(ROOT / "scripts/with_postgres.sh"), sys.executable, __file__, "--here", "yes", *sizes], check=False).returncode
    sys.exit(int(wrong > 0))


if __name__ == "__main__":
    main()
