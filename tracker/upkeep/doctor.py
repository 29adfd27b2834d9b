"""All that is checked of the record, in the order in which it is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from django.db import DatabaseError, connection

from tracker import summaries
from tracker.queries.moment import one_moment
from tracker.search import entries

from . import contents, following, seals
from .findings import Check, Tally


def checks(witness: seals.Head = seals.NOTHING) -> tuple[Check, ...]:
    """Return the checks; ``witness`` is a link of the chain that a backup wrote down."""
    return (
        Check("file", "database files checked by SQLite itself", following.damage),
        Check("rows", "rows compared with their last versions", contents.changed_rows),
        Check("texts", "texts of sources compared with their checksums", contents.changed_texts),
        Check("history", "sealed edits compared with the chain", partial(seals.broken, witness=witness)),
        Check("keys", "rows followed along their keys", following.orphans),
        Check("phrases", "phrases looked for in the texts that are kept", following.unproven),
        Check("names", "rows whose folded forms were made again", contents.wrong_keys, contents.fold_again),
        Check("roll-ups", "roll-ups worked out again", following.wrong_roll_ups, summaries.refresh),
        Check("search", "entries of the search compared with the records", following.wrong_entries, entries.rebuild, at_one_moment=False),
    )


def faults(check: Check, tally: Tally) -> Iterator[str]:
    """Yield what the check finds; that it can't be made is a fault, too."""
    try:
        with one_moment() if check.at_one_moment else nullcontext(), _whatever_the_bytes():
            yield from check.look(tally)
    except DatabaseError as error:
        yield f"{check.name}: the database can't be read: {' '.join(str(error).split())}"


@contextmanager
def _whatever_the_bytes() -> Iterator[None]:
    """Read text from SQLite that is no text any more, so that its row can be named. PostgreSQL refuses such rows, and says which table."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        yield
        return
    driver = connection.connection
    usual = driver.text_factory
    driver.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        driver.text_factory = usual
