"""Measure the search on SQLite and on PostgreSQL: how long one question takes, at the median and at the 99th of a hundred.

    .venv/bin/python benchmarks/search.py                      the shipped records, 10,000 random strings, names, wrong letters
    .venv/bin/python benchmarks/search.py --mentions 1000000   an invented world of so many mentions (some minutes, some gigabytes)

Each engine gets a database of its own, which is thrown away afterwards. The time is that of a whole answer of the server, page included.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SEED = 20_261_125
#: What random strings are drawn from: letters of the record's scripts, digits, signs, and what has broken searches elsewhere.
ALPHABET = (
    "etaoinshrdlucmfywgpbvk" * 3
    + "абвгдежзиклмнопрстуфхцчшщыьэюя"
    + "ابپتٹجچحخدڈرڑزسشصضطظعغفقکگلمنںوہھءیے"
    + "0123456789"
    + "   " * 8
    + "\"'*-()^:~%_\\/&|!<>{}[]"
)
NASTY = ["\u202e", "\u200d", "ﷺ", "İ", "ß", "😀", "中", "ไทย", "é", "e\u0301", "AND", "OR", "NOT", "NEAR(", '""', "--", "\t", "\ufeff", "𝔘", "½"]


def random_strings(number: int) -> Iterator[str]:
    chance = random.Random(SEED)
    for _ in range(number):
        letters = [chance.choice(ALPHABET) for _ in range(chance.randint(1, 60))]
        if chance.random() < 0.3:
            letters.insert(chance.randrange(len(letters) + 1), chance.choice(NASTY))
        yield "".join(letters)


def misspelled(text: str, chance: random.Random) -> str:
    """Return the text with one letter taken away, doubled, exchanged or swapped with its neighbour."""
    at = chance.randrange(len(text))
    how = chance.randrange(4)
    if how == 0:
        return text[:at] + text[at + 1 :]
    if how == 1:
        return text[:at] + text[at] + text[at:]
    if how == 2:
        return text[:at] + chance.choice("eaoabп") + text[at + 1 :]
    return text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]


def questions(strings: int) -> dict[str, list[str]]:
    """Return what is asked, by what it stands for."""
    from tracker.models import Citation, Commitment, Participant

    chance = random.Random(SEED)
    names = list(Commitment.objects.order_by("pk").values_list("name", flat=True)) + list(Participant.objects.order_by("pk").values_list("name", flat=True))
    phrases = list(Citation.objects.exclude(phrase="").order_by("pk").values_list("phrase", flat=True)[:5000])
    some = chance.sample(names, min(300, len(names)))
    words = [word for name in some for word in name.split()]
    return {
        "whole names": some,
        "one word of a name": chance.sample(words, min(300, len(words))),
        "one wrong letter": [misspelled(name, chance) for name in some],
        "two words of a wording": [
            " ".join(chance.sample(phrase.split(), min(2, len(phrase.split())))) for phrase in chance.sample(phrases, min(300, len(phrases)))
        ],
        "quoted wordings": [f'"{phrase}"' for phrase in chance.sample(phrases, min(300, len(phrases)))],
        "first letters": [word[: chance.randint(1, 3)] for word in chance.sample(words, min(100, len(words)))],
        f"{strings:,} random strings": list(random_strings(strings)),
    }


def measure(strings: int) -> None:
    from django.db import connection
    from django.test import Client

    client, everything = Client(), []
    print(f"{connection.vendor}: milliseconds for one answer\n{'':28}{'number':>8}{'median':>9}{'99 %':>9}{'longest':>9}")
    for page in ("/search/", "/search/suggestions.json"):
        for kind, asked in questions(strings if page == "/search/" else strings // 10).items():
            taken = [answered(client, page, typed) for typed in asked]
            everything += taken if page == "/search/" else []
            row(f"{kind}{' (suggested)' if page != '/search/' else ''}", taken)
    row("all questions", everything)


def answered(client: Any, page: str, typed: str) -> float:
    start = time.perf_counter()
    response = client.get(page, {"q": typed})
    taken = (time.perf_counter() - start) * 1000
    if response.status_code != 200:
        sys.exit(f"{page} answered {response.status_code} to {typed!r}")
    return taken


def row(kind: str, taken: Sequence[float]) -> None:
    print(f"{kind:<40.40}{len(taken):>8,}{statistics.median(taken):>9.1f}{sorted(taken)[int(len(taken) * 0.99) - 1]:>9.1f}{max(taken):>9.1f}", flush=True)


def one_engine(mentions: int, strings: int) -> None:
    """Prepare the database that DATABASE_URL names, and measure."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-benchmarks-only"}
    os.environ |= {"ALLOWED_HOSTS": "testserver", "LOG_LEVEL": "ERROR"}
    # No static file has been collected, and none is asked for.
    warnings.filterwarnings("ignore", "No directory at")
    import django
    from django.core.management import call_command
    from django.test.utils import override_settings

    django.setup()
    call_command("migrate", verbosity=0)
    if mentions:
        from benchmarks.invented import draw

        started = time.perf_counter()
        draw(mentions)
        print(f"{mentions:,} mentions drawn in {time.perf_counter() - started:.0f} s")
    else:
        call_command("load_fixtures", stdout=StringIO())
    started = time.perf_counter()
    call_command("rebuild_search")
    print(f"rebuilt in {time.perf_counter() - started:.1f} s")
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain):
        measure(strings)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=0, help="size of an invented world; without it, the shipped records")
    parser.add_argument("--strings", type=int, default=10_000, help="how many random strings")
    parser.add_argument("--here", action="store_true", help="only the database that DATABASE_URL names")
    asked = parser.parse_args()
    if asked.here:
        one_engine(asked.mentions, asked.strings)
        return
    again = [sys.executable, __file__, "--here", "--mentions", str(asked.mentions), "--strings", str(asked.strings)]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(again, check=True, env=os.environ | {"DATABASE_URL": f"sqlite:///{folder}/search.sqlite3"})
    subprocess.run([str(ROOT / "scripts" / "with_postgres.sh"), *again], check=True)


if __name__ == "__main__":
    main()
