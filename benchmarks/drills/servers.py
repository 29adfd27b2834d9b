"""Faults of the database servers: the standby dies, the primary dies and the standby takes over, the standby falls behind, a pool stands between."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial, update_wrapper
from pathlib import Path

import psycopg

from .fronts import Bouncer
from .machines import Pair, Web, editor, prepared, wait_until
from .outcome import Drill, Outcome, not_here, tried
from .people import Answer, Browser, Crowd, Reader
from .records import during_a_load

READS = 300
#: Who save while the primary dies, and how many saves must have been acknowledged by then.
EDITORS, ACKNOWLEDGED = 4, 40


@dataclass(frozen=True, slots=True)
class Site:
    """The application on two servers that know of each other."""

    pair: Pair
    web: Web
    variables: dict[str, str]
    folder: Path


@contextmanager
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pair = Pair(folder)
        try:
            variables = {"DATABASE_URL": pair.address(0, 1), "DATABASE_REPLICA_URL": pair.address(1, 0)}
            prepared(variables)
            web = Web(variables, folder)
            try:
                yield Site(pair, web, variables, folder)
            finally:
                web.kill()
        finally:
            pair.stop()


def on_two_servers() -> list[Outcome]:
    """F12, F13, read after write, and a pool between: the standby falls behind and dies, then the primary dies and the standby takes over."""
    with site() as one:
        return [outcome for part in (behind, pooled, standby_dies, primary_dies) for outcome in tried(_bound(part, one))]


def _bound(part: Callable[[Site], list[Outcome]], one: Site) -> Drill:
    drill = partial(part, one)
    return update_wrapper(drill, part)


def standby_dies(one: Site) -> list[Outcome]:
    """Kill the standby under load, and start it again."""
    with Crowd(Reader(one.web.port).read, 4) as crowd:
        time.sleep(3)
        one.pair.kill(1)
        time.sleep(5)
        started = _start_again(one.pair, 1)
        time.sleep(3)
    measured = f"{len(crowd.failed())} of {len(crowd.answers)} reads failed, longest {crowd.longest():.2f} s"
    return [
        Outcome("F12 standby dies", f"kill -9 of the standby, started again after {started:.0f} s; 4 readers", "no read fails", measured, not crowd.failed())
    ]


def _start_again(pair: Pair, which: int) -> float:
    """Start a killed server: it refuses until the last of its orphaned children has ended."""
    begun = time.monotonic()

    def runs() -> bool:
        try:
            pair.start(which)
        except subprocess.CalledProcessError:
            return False
        return True

    wait_until(runs, what="the server")
    return time.monotonic() - begun + 5


class Saving:
    """Somebody who saves one thing after another, and remembers what was acknowledged."""

    def __init__(self, person: Browser, name: str = "Synthetic") -> None:
        self.person, self.name, self.number = person, name, 0
        self.acknowledged: set[str] = set()
        self.gap: list[float] = []

    def save(self, _one: int) -> Answer:
        self.number += 1
        wanted = f"{self.name} {self.number}"
        try:
            self.person.open_form()
        except AssertionError:
            # The form is a page of the editor: it is read where it is written.
            self.gap.append(time.monotonic())
            return Answer(503)
        answer = self.person.save(wanted)
        if answer.status == 302:
            self.acknowledged.add(wanted)
        else:
            self.gap.append(time.monotonic())
        return answer


def primary_dies(one: Site) -> list[Outcome]:
    """Kill the primary under load and promote the standby, in synchronous mode."""
    pair, web = one.pair, one.web
    pair.synchronize()
    people = [Saving(editor(one.variables, web.port, f"synthetic-{place}"), f"Synthetic {place}") for place in range(EDITORS)]
    with Crowd(Reader(web.port).read, 4) as readers, Crowd(lambda place: people[place].save(place), EDITORS) as writer:
        wait_until(lambda: sum(len(person.acknowledged) for person in people) >= ACKNOWLEDGED, 900, "so many saves")
        pair.kill(0)
        killed = time.monotonic()
        time.sleep(1)
        promotion = pair.promote()
        back = wait_until(lambda: writer.answers[-1].status == 302 and time.monotonic() - killed > 1.2, what="writing")
        time.sleep(3)
    # Each save has left a version in the history.
    acknowledged = set().union(*(person.acknowledged for person in people))
    lost = acknowledged - set(pair.ask(1, "SELECT array_agg(name) FROM tracker_historicalparty WHERE slug LIKE 'synthetic-%'"))
    gap = max((when - killed for person in people for when in person.gap), default=0.0)
    failed = [answer for answer in writer.answers if answer.status != 302]
    return [
        Outcome(
            "F12 primary dies",
            f"kill -9 of the primary, the standby promoted 1 s later; 4 readers, {EDITORS} editors; synchronous",
            "no read fails; writing fails in the gap only; nothing acknowledged is lost; no restart",
            f"{len(readers.failed())} of {len(readers.answers)} reads failed; {len(failed)} of {len(writer.answers)} saves failed, "
            f"the last {gap:.1f} s after the kill "
            f"(promotion {promotion:.2f} s, writing again {back:.1f} s after it); {len(lost)} of {len(acknowledged)} acknowledged lost",
            not readers.failed() and not lost and gap < 10,
        )
    ]


def behind(one: Site) -> list[Outcome]:
    """Read after write with a standby that replays nothing, and with one that is as far behind as it is."""
    pair, web = one.pair, one.web
    person = editor(one.variables, web.port)
    stale = _stale(person, READS)
    pair.ask(1, "SELECT pg_wal_replay_pause()")
    paused = _stale(person, 20)
    reader = Browser(web.port)
    pages = [reader.get("/methods/").status for _time in range(20)]
    read = pair.ask(1, "SELECT name FROM tracker_party WHERE slug = 'synthetic-editor'")
    pair.ask(1, "SELECT pg_wal_replay_resume()")
    return [
        Outcome("read after write", f"{READS} saves, each read at once by the editor (asynchronous)", "none stale", f"{stale} of {READS} stale", stale == 0),
        Outcome(
            "F13 replica behind",
            f"pg_wal_replay_pause() on the standby (it stayed at “{read}”)",
            "editors see their saves, readers their pages",
            f"{paused} of 20 stale for the editor; {pages.count(200)} of {len(pages)} pages 200",
            paused == 0 and set(pages) == {200},
        ),
    ]


def _stale(person: Browser, times: int) -> int:
    stale = 0
    for number in range(times):
        person.open_form()
        wanted = f"Synthetic {times}-{number}"
        assert person.save(wanted).status == 302
        stale += person.reads() != wanted
    return stale


def large_load_on_postgresql() -> list[Outcome]:
    """F10 on PostgreSQL."""
    with tempfile.TemporaryDirectory() as name:
        pair = Pair(Path(name))
        try:
            return [during_a_load({"DATABASE_URL": pair.address(0), "DATABASE_REPLICA_URL": pair.address(1)}, Path(name), "PostgreSQL")]
        finally:
            pair.stop()


def pooled(one: Site) -> list[Outcome]:
    """Through PgBouncer in transaction mode: readers, an editor, and a statement that takes too long."""
    row = (
        "pool between",
        "the shipped PgBouncer (transactions) before both servers; 16 readers, 1 editor",
        "all served; readers stopped after 3 s, editors not",
    )
    if shutil.which("pgbouncer") is None:
        return [not_here(*row, "pgbouncer is not installed")]
    pair, folder = one.pair, one.folder
    bouncer = Bouncer(folder, pair)
    pool = f"postgres://postgres@127.0.0.1:{bouncer.port}"
    variables = {"DATABASE_URL": f"{pool}/reaffirmed", "DATABASE_REPLICA_URL": f"{pool}/reaffirmed_read", "DATABASE_POOLED": "true"}
    web = Web(variables, folder)
    saving = Saving(editor(variables, web.port))
    with Crowd(Reader(web.port).read, 16) as readers, Crowd(saving.save, 1) as writer:
        time.sleep(6)
    stopped = _seconds_of_sleep(f"{pool}/reaffirmed_read"), _seconds_of_sleep(f"{pool}/reaffirmed")
    backends = [pair.ask(which, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()") for which in (0, 1)]
    web.kill()
    bouncer.kill(signal.SIGTERM)
    measured = (
        f"{len(readers.failed())} of {len(readers.answers)} reads and {len(writer.failed(302))} of {len(writer.answers)} saves failed, "
        f"{backends[0]} and {backends[1]} connections to the servers; "
        f"a statement of 4 s ended after {stopped[0]:.1f} s for readers, {stopped[1]:.1f} s for editors"
    )
    return [Outcome(*row, measured, not readers.failed() and not writer.failed(302) and stopped[0] < 3.5 < stopped[1])]


def _seconds_of_sleep(address: str) -> float:
    begun = time.monotonic()
    with psycopg.connect(address, autocommit=True, prepare_threshold=None) as connection, suppress(psycopg.errors.QueryCanceled):
        connection.execute("SELECT pg_sleep(4)")
    return time.monotonic() - begun
