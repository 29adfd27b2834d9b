"""The processes that drills start, and end by their own numbers: the web server, PostgreSQL, nginx, PgBouncer."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from .people import Browser

ROOT = Path(__file__).resolve().parent.parent.parent
OWN = {"ENV_FILE": os.devnull, "PROFILE": "local", "SECRET_KEY": "used-by-drills-only", "LOG_LEVEL": "ERROR", "FOUR_EYES": "false", "DEBUG": "false"}


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until(there: Callable[[], bool], seconds: float = 60, what: str = "it") -> float:
    """Wait until ``there`` says so; return how long it took."""
    begun = time.monotonic()
    while not there():
        if time.monotonic() - begun > seconds:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} seconds")
        time.sleep(0.02)
    return time.monotonic() - begun


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def manage(variables: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments], env=os.environ | OWN | dict(variables), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{arguments[0]}: {done.stderr[-2000:]}")
    return done.stdout


@cache
def _filled() -> Path:
    """Return an SQLite database with the shipped records, made once for all drills."""
    path = Path(tempfile.mkdtemp(prefix="reaffirmed-drills-")) / "filled.sqlite3"
    atexit.register(shutil.rmtree, path.parent)
    _fill({"DATABASE_URL": f"sqlite:///{path}"})
    return path


def _fill(variables: Mapping[str, str]) -> None:
    manage(variables, "migrate", "--verbosity", "0")
    manage(variables, "load_fixtures", "--verbosity", "0")


def prepared(variables: Mapping[str, str]) -> None:
    """Make the tables, with the shipped records."""
    address = variables["DATABASE_URL"]
    if address.startswith("sqlite:///"):
        shutil.copyfile(_filled(), address.removeprefix("sqlite:///"))
    else:
        _fill(variables)


_SIGN_IN = """
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
user, _ = get_user_model().objects.get_or_create(username=WHO, defaults={"is_staff": True, "is_superuser": True})
session = import_module(settings.SESSION_ENGINE).SessionStore()
session.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0], HASH_SESSION_KEY: user.get_session_auth_hash()})
session.save()
from tracker.models import Party
party, _ = Party.objects.get_or_create(slug=WHO, defaults={"name": "Synthetic", "kind": "organization", "state": "draft"})
print("signed in:", settings.SESSION_COOKIE_NAME, session.session_key, party.pk)
"""


def editor(variables: Mapping[str, str], port: int, name: str = "synthetic-editor") -> Browser:
    """Return an editor who is signed in, with a draft to work on."""
    said = manage(variables, "shell", "-v0", "-c", _SIGN_IN.replace("WHO", repr(name)))
    found = re.search(r"signed in: (\S+) (\S+) (\d+)", said)
    assert found, said
    return Browser(port, {found[1]: found[2]}, f"/admin/tracker/party/{found[3]}/change/")


class Process:
    """A process with its children, ended all at once and waited for."""

    def __init__(self, command: Sequence[str], variables: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as file:
            self.process = subprocess.Popen(command, env=os.environ | OWN | dict(variables), stdout=file, stderr=file, cwd=ROOT, start_new_session=True)
        # A drill that breaks off leaves nothing running.
        atexit.register(self.kill)

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self, number: int = signal.SIGKILL) -> None:
        if self.process.poll() is None:
            os.killpg(self.pid, number)
        self.process.wait()

    def children(self) -> list[int]:
        """Return the numbers of its children: of gunicorn its workers."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text("ascii")
        return [int(pid) for pid in found.split()]


class Web(Process):
    """The application behind gunicorn, as it is shipped, on a port of its own."""

    def __init__(self, variables: Mapping[str, str], folder: Path, port: int = 0, workers: int = 2, before: Sequence[str] = ()) -> None:
        self.port, self.variables = port or free_port(), dict(variables)
        gunicorn = [*before, sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.py"), "config.wsgi"]
        super().__init__(gunicorn, self.variables | {"GUNICORN_BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": str(workers)}, folder / "web.log")
        wait_until(lambda: Browser(self.port).get("/methods/").status == 200, what="the web server")


def binaries() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed")
    return found[-1].parent


def as_owner(owner: str, *command: str | Path) -> list[str]:
    """Return the command as an account that servers accept: they refuse root."""
    return [*(["runuser", "-u", owner, "--"] if os.geteuid() == 0 else []), *map(str, command)]


class Pair:
    """Two PostgreSQL servers, of which the second follows the first, with the settings of deploy/postgresql."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ports = folder / "pair", (free_port(), free_port())
        self.folder.mkdir()
        folder.chmod(0o755)
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "-D", self.data(0), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")
        shipped = (ROOT / "deploy/postgresql/primary.conf").read_text("utf-8")
        own = f"listen_addresses = '127.0.0.1'\nport = {self.ports[0]}\nunix_socket_directories = '{self.folder}'\nshared_buffers = '64MB'\n"
        # Until there is a standby nothing could be written.
        self.configure(0, shipped.replace("synchronous_standby_names", "#synchronous_standby_names") + own)
        self.start(0)
        self.run(
            "pg_basebackup",
            "-h",
            self.folder,
            "-p",
            str(self.ports[0]),
            "-U",
            "postgres",
            "-D",
            self.data(1),
            "-R",
            "-X",
            "stream",
            "-C",
            "-S",
            "standby1",
            "--checkpoint=fast",
        )
        self.configure(1, (ROOT / "deploy/postgresql/standby.conf").read_text("utf-8") + f"port = {self.ports[1]}\n")
        self.start(1)
        wait_until(lambda: self.ask(0, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == 1, what="the standby")

    def synchronize(self) -> None:
        """Let no commit be acknowledged that the standby does not have, as deploy/postgresql says."""
        self.configure(0, "synchronous_standby_names = 'ANY 1 (*)'\n")
        self.ask(0, "SELECT pg_reload_conf()")
        wait_until(lambda: self.ask(0, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'") == 1, what="synchronous replication")

    def data(self, which: int) -> Path:
        return self.folder / ("primary", "standby")[which]

    def run(self, name: str, *arguments: str | Path) -> None:
        done = subprocess.run(as_owner("postgres", binaries() / name, *arguments), cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr[-2000:]}")

    def configure(self, which: int, more: str) -> None:
        with (self.data(which) / "postgresql.conf").open("a") as file:
            file.write(more)

    def start(self, which: int) -> None:
        # What it prints goes to its log: a pipe would stay open as long as the server does.
        command = as_owner("postgres", binaries() / "pg_ctl", "-D", self.data(which), "-l", f"{self.data(which)}.log", "-w", "start")
        subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    def ask(self, which: int, sql: str) -> Any:
        with psycopg.connect(f"host=127.0.0.1 port={self.ports[which]} user=postgres dbname=postgres", autocommit=True) as connection:
            row = connection.execute(sql).fetchone()
            return row[0] if row else None

    def kill(self, which: int) -> None:
        """Kill the server as if its machine had died; its children end when they notice."""
        os.kill(int((self.data(which) / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def promote(self) -> float:
        begun = time.monotonic()
        self.run("pg_ctl", "-D", self.data(1), "promote", "-w")
        return time.monotonic() - begun

    def address(self, *which: int) -> str:
        return f"postgres://postgres@{','.join(f'127.0.0.1:{self.ports[one]}' for one in which)}/postgres"

    def stop(self) -> None:
        for which in (1, 0):
            subprocess.run(
                as_owner("postgres", binaries() / "pg_ctl", "-D", self.data(which), "-m", "immediate", "stop"),
                cwd=self.folder,
                capture_output=True,
                check=False,
            )
