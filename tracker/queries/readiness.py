"""Whether readers can be answered: the databases, their tables, and how far they are behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tracker.models import Commitment, DataVersion, Edit, SearchEntry

REPLICA = "replica"
#: Nothing received is still to be replayed, or so many seconds have passed since what was replayed last.
_LAG = """
SELECT CASE WHEN NOT pg_is_in_recovery() OR pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
ELSE coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0) END
"""

_log = logging.getLogger("reaffirmed.ready")


@dataclass(slots=True)
class Readiness:
    """``reasons`` say why readers can't be answered, ``warnings`` what else is not as it should be."""

    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"ready": not self.reasons, "reasons": self.reasons, "warnings": self.warnings, **self.facts}


def readiness(now: datetime, longest_lag: float) -> Readiness:
    """Return whether readers can be answered. A replica more than ``longest_lag`` seconds behind would answer them with what was."""
    found = Readiness()
    aliases = [alias for alias in (DEFAULT_DB_ALIAS, REPLICA) if alias in connections.settings]
    within_reach = [alias for alias in aliases if _answers(alias)]
    if not within_reach:
        found.reasons.append("No database can be reached.")
        return found
    if DEFAULT_DB_ALIAS not in within_reach:
        found.warnings.append("The primary can't be reached: readers are answered by the replica, and nothing can be saved.")
    elif REPLICA in aliases and REPLICA not in within_reach:
        found.warnings.append("The replica can't be reached: the primary answers everybody.")
    if REPLICA in within_reach:
        _look_at_lag(found, longest_lag)
    try:
        _look_at(found, within_reach[0], now)
    except (DatabaseError, InterfaceError) as error:
        _tell(within_reach[0], error)
        found.reasons.append("The database can't be read.")
    return found


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        _tell(alias, error)
        return False
    return True


def _tell(alias: str, error: BaseException) -> None:
    """Log what the answer does not say: where a database is, is nobody's business."""
    _log.error("The database “%s” can't be read: %s", alias, " ".join(str(error).split()))


def _look_at_lag(found: Readiness, longest: float) -> None:
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(_LAG)
        lag = float(cursor.fetchone()[0])
    found.facts["replica"] = {"lag_seconds": round(lag, 1)}
    if lag > longest:
        found.reasons.append(f"The replica is {lag:.0f} seconds behind; at most {longest:.0f} are allowed.")


def _look_at(found: Readiness, alias: str, now: datetime) -> None:
    unapplied = sorted(shipped_migrations() - set(MigrationRecorder(connections[alias]).applied_migrations()))
    found.facts["migrations"] = {"unapplied": len(unapplied)}
    if unapplied:
        found.reasons.append(f"Migrations that are not applied: {len(unapplied)}.")
        return
    if Commitment.objects.using(alias).exists() and not SearchEntry.objects.using(alias).exists():
        found.reasons.append("The index of the search is empty, and the record is not.")
    newest = Edit.objects.using(alias).filter(public=True).order_by("-made").values_list("made", flat=True).first()
    version = DataVersion.objects.using(alias).values_list("number", flat=True).first() or 0
    found.facts["data"] = {"version": version, **dict(_age(newest, now))}


def _age(newest: datetime | None, now: datetime) -> Iterator[tuple[str, Any]]:
    if newest:
        yield "changed", newest.isoformat(timespec="seconds")
        yield "age_seconds", int((now - newest).total_seconds())


@cache
def shipped_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations that come with the software; they are read from the disk once."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    return frozenset(loader.disk_migrations.keys() - replaced)
