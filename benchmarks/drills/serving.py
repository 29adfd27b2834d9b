"""Faults of what serves: the web server killed and reloaded, slow clients, too much at once."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import ssl
import tempfile
import time
from contextlib import closing
from pathlib import Path

from .fronts import Nginx, SecureBrowser
from .machines import Web, editor, prepared
from .outcome import Outcome, not_here
from .people import NO_ANSWER, Browser, Crowd, Reader

SAVES = 50
HALF_OPEN = 500


def name_in(database: Path, slug: str = "synthetic-editor") -> str:
    """Return what stands in the database, asked of the driver."""
    with closing(sqlite3.connect(database)) as connection:
        return str(connection.execute("SELECT name FROM tracker_party WHERE slug = ?", [slug]).fetchone()[0])


def killed_after_each_save() -> list[Outcome]:
    """F6: kill the whole web server in the moment in which it has acknowledged a save."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "drill.sqlite3"
        variables = {"DATABASE_URL": f"sqlite:///{database}"}
        prepared(variables)
        web = Web(variables, folder, workers=1)
        person = editor(variables, web.port)
        lost = acknowledged = 0
        for number in range(SAVES):
            person.open_form()
            answer = person.save(f"Synthetic {number}")
            web.kill()
            if answer.status == 302:
                acknowledged += 1
                lost += name_in(database) != f"Synthetic {number}"
            web = Web(variables, folder, web.port, workers=1)
        web.kill()
        with closing(sqlite3.connect(database)) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    measured = f"{lost} of {acknowledged} acknowledged saves lost, database {'sound' if sound else 'broken'}"
    held = lost == 0 and acknowledged == SAVES and sound
    return [
        Outcome(
            "F6 web server dies", f"kill -9 of gunicorn and its workers after each of {SAVES} saves (SQLite)", "nothing acknowledged is lost", measured, held
        )
    ]


def power_cut() -> list[Outcome]:
    """F7 can't be injected; what can be counted is whether each save was told to the disk."""
    row = ("F7 power cut", "not injectable; fdatasync counted with strace during 20 saves (SQLite)", "at least one for each save")
    if shutil.which("strace") is None:
        return [not_here(*row, "strace is not installed")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'drill.sqlite3'}"}
        prepared(variables)
        trace = folder / "trace"
        web = Web(variables, folder, workers=1, before=("strace", "-f", "-qq", "-e", "trace=fdatasync", "-o", str(trace)))
        person = editor(variables, web.port)
        person.open_form()
        before = trace.read_text().count("fdatasync(")
        saved = 0
        for number in range(20):
            person.open_form()
            saved += person.save(f"Synthetic {number}").status == 302
        told = trace.read_text().count("fdatasync(") - before
        web.kill()
    return [Outcome(*row, f"{told} for {saved} saves", told >= saved == 20)]


def _reading(port: int) -> Crowd:
    """Return six readers who ask one after another."""
    return Crowd(Reader(port).read, 6)


def _share_failed(crowd: Crowd) -> str:
    return f"{len(crowd.failed())} of {len(crowd.answers)} failed"


def reloaded_and_killed() -> list[Outcome]:
    """F14: reload under load, then kill workers under load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'drill.sqlite3'}"}
        prepared(variables)
        web = Web(variables, folder)
        with _reading(web.port) as reloading:
            for _time in range(2):
                time.sleep(3)
                os.kill(web.pid, signal.SIGHUP)
            time.sleep(4)
        with _reading(web.port) as killing:
            for _time in range(3):
                time.sleep(2)
                os.kill(web.children()[0], signal.SIGKILL)
            time.sleep(3)
        with _reading(web.port) as ending:
            time.sleep(2)
            os.kill(web.pid, signal.SIGTERM)
            web.process.wait()
            ended = [answer for answer in ending.answers if answer.status != NO_ANSWER]
    broken = [answer for answer in ended if answer.status != 200]
    return [
        Outcome(
            "F14 reload",
            "SIGHUP twice, 6 readers",
            "no request fails",
            f"{_share_failed(reloading)}, longest {reloading.longest():.1f} s",
            not reloading.failed(),
        ),
        Outcome(
            "F14 worker dies",
            "kill -9 of a worker three times, 6 readers",
            "at most those in its hands (18)",
            _share_failed(killing),
            len(killing.failed()) <= 18,
        ),
        Outcome("F14 stop", "SIGTERM, 6 readers", "what was begun is finished", f"{len(broken)} of {len(ended)} answers were none", not broken),
    ]


def half_open(port: int) -> list[socket.socket]:
    """Return connections on which a request was begun and never ended; half of them never even greeted."""
    held: list[socket.socket] = []
    context = ssl._create_unverified_context()
    for number in range(HALF_OPEN):
        one = socket.create_connection(("127.0.0.1", port), timeout=10)
        if number % 2:
            one = context.wrap_socket(one)
            one.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        held.append(one)
    return held


def behind_nginx() -> list[Outcome]:
    """F15: slow clients before the shipped nginx; and what else it is there for."""
    row = ("F15 slow clients", f"{HALF_OPEN} half-open connections before the shipped nginx", "readers are served")
    if shutil.which("nginx") is None:
        return [not_here(*row, "nginx is not installed")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        variables = {"DATABASE_URL": f"sqlite:///{folder / 'drill.sqlite3'}", "TRUST_PROXY": "true"}
        prepared(variables)
        web = Web(variables, folder)
        nginx = Nginx(folder, web.port)
        try:
            held = half_open(nginx.port)
            answers = [SecureBrowser(nginx.port).get(path) for path in ("/", "/methods/", "/commitments/")]
            for one in held:
                one.close()
            served = sum(answer.status == 200 for answer in answers)
            longest = max(answer.seconds for answer in answers)
            return [Outcome(*row, f"{served} of 3 served, longest {longest:.2f} s", served == 3), *_manners(nginx, web)]
        finally:
            nginx.kill(signal.SIGTERM)
            web.kill()


def _manners(nginx: Nginx, web: Web) -> list[Outcome]:
    """Ask nginx for what it should refuse, keep and do without the application."""
    reader = SecureBrowser(nginx.port)
    traced, large = reader.send("TRACE", "/"), reader.send("POST", "/admin/", "x" * 3_000_000)
    guesses = [reader.get("/account/login/").status for _guess in range(12)]
    kept = [SecureBrowser(nginx.port).get("/glossary/").headers.get("X-Cache") for _time in range(2)]
    somebody = SecureBrowser(nginx.port, {"sessionid": "somebody"}).get("/glossary/").headers.get("X-Cache")
    moved = Browser(nginx.plain).get("/").headers.get("Location", "")
    web.kill()
    time.sleep(6)
    stale = SecureBrowser(nginx.port).get("/glossary/")
    refused = (traced.status, large.status, 429 in guesses)
    return [
        Outcome(
            "proxy refuses",
            "TRACE; 3 MB sent; 12 looks at the sign-in",
            "405; 413; 429",
            f"{refused[0]}; {refused[1]}; {guesses.count(429)} × 429",
            refused == (405, 413, True),
        ),
        Outcome(
            "proxy keeps pages",
            "one page twice; then with a session; plain HTTP",
            "kept for readers only; HTTPS",
            f"{kept[0]}, {kept[1]}; with a session {somebody}; moved to {moved.partition(':')[0]}",
            kept[1] == "HIT" and somebody == "BYPASS" and moved.startswith("https"),
        ),
        Outcome(
            "application gone",
            "kill -9 of gunicorn, page asked for before",
            "the kept page",
            f"{stale.status} ({stale.headers.get('X-Cache')})",
            stale.status == 200,
        ),
    ]
