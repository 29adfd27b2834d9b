"""Where the records are kept: what an address says, and how each kind of database is spoken to. Reasons: docs/decisions/0006-two-engines.md and 0021."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import dj_database_url
from environs import ValidationError

DEFAULT, REPLICA = "default", "replica"
#: Seconds in which one server of several must answer, before the next is asked.
CONNECT_SECONDS = 5

Database = dict[str, Any]


def database(address: str) -> Database:
    """Return what Django needs to know of the database at ``address``. PostgreSQL may stand on several hosts: ``postgres://me@one:5432,two:5432/name``."""
    try:
        return dict(dj_database_url.parse(_with_hosts_apart(address), conn_max_age=60, conn_health_checks=True))
    except (ValueError, dj_database_url.ParseError, dj_database_url.UnknownSchemeError) as error:
        raise ValidationError(
            f"Not the address of a database: {' '.join(str(error).split()) or 'several hosts need a name, as in postgres://me@one,two/name'}."
        ) from None


def _with_hosts_apart(address: str) -> str:
    """Return the address with several hosts as libpq also reads them, in its query: what reads addresses knows one host only."""
    parts = urlsplit(address)
    account, at, hosts = parts.netloc.rpartition("@")
    if "," not in hosts:
        return address
    pairs = [host.partition(":") if not host.startswith("[") else host[1:].partition("]:") for host in hosts.split(",")]
    several = urlencode({"host": ",".join(host.rstrip("]") for host, _, _ in pairs), "port": ",".join(port or "5432" for _, _, port in pairs)})
    return urlunsplit(parts._replace(netloc=f"{account}{at}", query="&".join(filter(None, (parts.query, several)))))


def is_sqlite(found: Database) -> bool:
    return str(found.get("ENGINE", "")).endswith("sqlite3")


def for_writing(found: Database, *, pooled: bool) -> Database:
    """Return the database with the options under which it takes several writers at once; of several servers the one that can be written to."""
    if is_sqlite(found):
        options = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        return found | {"OPTIONS": options, "CONN_MAX_AGE": None}
    return _postgresql(found, pooled=pooled, wanted="read-write")


def for_reading(found: Database, *, pooled: bool) -> Database:
    """Return a database that is only read: of several servers a standby, and if none is there the primary."""
    # Tests have one database, and both names mean it.
    return _postgresql(found, pooled=pooled, wanted="prefer-standby") | {"TEST": {"MIRROR": DEFAULT}}


def as_snapshot(found: Database) -> Database:
    """Return an SQLite file that nobody writes to any more: no lock, no journal, and not even a mistake can change it.

    It is opened for each request, so that a newer one put in its place is read from the next request on.
    """
    options = {"transaction_mode": "DEFERRED", "init_command": "PRAGMA query_only=ON;"}
    return found | {"NAME": f"file:{quote(str(found['NAME']))}?mode=ro&immutable=1", "OPTIONS": options, "CONN_MAX_AGE": 0}


def _postgresql(found: Database, *, pooled: bool, wanted: str) -> Database:
    """Return a PostgreSQL database. One that does not answer is an error within seconds, not a page that hangs."""
    own = found.get("OPTIONS", {})
    options: Database = {"connect_timeout": CONNECT_SECONDS, "application_name": "reaffirmed"}
    if "," in str(own.get("host", "")):
        # After a failover the next connection finds the new primary, without a restart.
        options |= {"connect_timeout": 2, "target_session_attrs": wanted}
    if pooled:
        # Who asks next in the pool may get another connection: nothing may be left on it.
        options["prepare_threshold"] = None
    return found | {"OPTIONS": options | own, "DISABLE_SERVER_SIDE_CURSORS": pooled}
