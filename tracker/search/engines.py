"""The full-text index of either engine behind one door: how it is made, checked, mended and asked.

SQLite: a table of FTS5 beside the entries, which triggers keep. PostgreSQL: a column of lexemes that the database itself derives from the entry.
Both split a key at its spaces and at nothing else: what a word is, has been decided when the text was folded.
"""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .asking import Term, Wanted
from .places import span

ENTRIES, WORDS = "tracker_searchentry", "tracker_searchword"
FTS = "tracker_searchentry_fts"
#: Prefixes of so many letters have lists of their own, so that a word half typed needs no collecting.
_FTS = f"""CREATE VIRTUAL TABLE {FTS} USING fts5(key, content='{ENTRIES}', content_rowid='place', tokenize='ascii', prefix='1 2 3')"""
_FORGET = f"INSERT INTO {FTS}({FTS}, rowid, key) VALUES ('delete', old.place, old.key);"
_LEARN = f"INSERT INTO {FTS}(rowid, key) VALUES (new.place, new.key);"
TRIGGERS = {
    f"{ENTRIES}_added": f"AFTER INSERT ON {ENTRIES} BEGIN {_LEARN} END",
    f"{ENTRIES}_removed": f"AFTER DELETE ON {ENTRIES} BEGIN {_FORGET} END",
    f"{ENTRIES}_changed": f"AFTER UPDATE ON {ENTRIES} BEGIN {_FORGET} {_LEARN} END",
}
_LEXEMES = f"ALTER TABLE {ENTRIES} ADD COLUMN IF NOT EXISTS lexemes tsvector GENERATED ALWAYS AS (to_tsvector('simple', key)) STORED"
#: Passages are many and names are few, so that each have an index of their own.
_GIN = {
    "name_by_lexeme": f"CREATE INDEX IF NOT EXISTS name_by_lexeme ON {ENTRIES} USING gin (lexemes) WHERE place < {span('passage')[0]}",
    "passage_by_lexeme": f"CREATE INDEX IF NOT EXISTS passage_by_lexeme ON {ENTRIES} USING gin (lexemes) WHERE place >= {span('passage')[0]}",
}

Entries = QuerySet[Any]


def holding(entries: Entries, wanted: Wanted, places: tuple[int, int]) -> Entries:
    """Return those of ``entries`` between two places that hold what is wanted, in the order of their places.

    The order is told to the index itself, so that it can be read from the front until there is enough. The columns are named without their table: in a
    subquery it has another name.
    """
    if connection.vendor == "postgresql":
        rows = entries.filter(place__range=places).extra(where=["lexemes @@ to_tsquery('simple', %s)"], params=[lexemes(wanted)])
        return rows.order_by("place")
    match = [f"{FTS} MATCH %s", f"{FTS}.rowid BETWEEN %s AND %s", f"place = {FTS}.rowid"]
    rows = entries.extra(tables=[FTS], where=match, params=[matched(wanted), *places])  # noqa: S610 - what is typed is a parameter
    return rows.order_by(RawSQL(f"{FTS}.rowid", ()))  # noqa: S611


def matched(wanted: Wanted) -> str:
    """Return what is wanted in the language of FTS5. Every word stands in quotes, so that none is taken for an operator."""
    terms = " AND ".join(map(_matched, wanted.terms))
    return f"({terms}) NOT ({' OR '.join(map(_matched, wanted.without))})" if wanted.without else terms


def _matched(term: Term) -> str:
    return f'"{term.key}"' if term.whole else f'"{term.key}" *'


def lexemes(wanted: Wanted) -> str:
    """Return what is wanted in the language of PostgreSQL, every word in quotes."""
    return " & ".join([*map(_lexemes, wanted.terms), *(f"!({_lexemes(term)})" for term in wanted.without)])


def _lexemes(term: Term) -> str:
    words = [f"'{word}'" for word in term.key.split()]
    return " <-> ".join(words) + ("" if term.whole else ":*")


def build() -> None:
    """Make the index anew from the entries as they stand, whatever was there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table can't be altered while checks of its rows are put off to the end of the transaction.
            connection.check_constraints()
            cursor.execute(_LEXEMES)
            for index in _GIN.values():
                cursor.execute(index)
            cursor.execute(f"ANALYZE {ENTRIES}")
            return
        drop()
        cursor.execute(_FTS)
        for name, what in TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER {name} {what}")
        cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')")


def empty() -> None:
    """Take all entries and their words away. The tables are told so at once: a model would read every row first."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {WORDS}")
        cursor.execute(f"DELETE FROM {ENTRIES}")


def can_be_set_aside() -> bool:
    """Return whether the index may be taken away for a while. Not on PostgreSQL: readers would wait for the end of the transaction."""
    return connection.vendor == "sqlite"


def drop() -> None:
    """Take the index away; the entries stay."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()
            cursor.execute(f"ALTER TABLE {ENTRIES} DROP COLUMN IF EXISTS lexemes")
            return
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"DROP TABLE IF EXISTS {FTS}")


def faults() -> list[str]:
    """Return what is wrong with the index of this engine, in sentences."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT 1 FROM pg_index WHERE indexrelid IN (to_regclass(%s), to_regclass(%s)) AND indisvalid", list(_GIN))
            return [] if len(cursor.fetchall()) == len(_GIN) else ["The full-text index of the entries is missing."]
        cursor.execute("SELECT name FROM sqlite_master WHERE tbl_name IN (%s, %s)", [ENTRIES, FTS])
        there = {name for (name,) in cursor.fetchall()}
    if FTS not in there:
        return ["The full-text index of the entries is missing."]
    missing = [f"The trigger {name} is missing." for name in TRIGGERS if name not in there]
    return missing if _is_whole() else [*missing, "The full-text index does not hold what the entries hold."]


def _is_whole() -> bool:
    """Ask FTS5 to compare its index with the entries. It says no by an error."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}, rank) VALUES ('integrity-check', 1)")
    except DatabaseError:
        return False
    return True
