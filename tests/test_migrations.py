"""The tables: they can be made and unmade on either engine, and every constraint speaks to the editor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.models import BaseConstraint

from tracker.models.search_entry import LEADS_TO

TABLES = list(apps.get_app_config("tracker").get_models())


def constraints() -> Iterator[tuple[str, BaseConstraint]]:
    """Yield every constraint of the tracker with the name of its table."""
    for table in TABLES:
        for constraint in table._meta.constraints:
            yield table.__name__, constraint


def own_tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("tracker_")}


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_the_tables_can_be_unmade_and_made_again() -> None:
    before = own_tables()
    call_command("migrate", "tracker", "zero", verbosity=0)
    try:
        assert own_tables() == set()
    finally:
        call_command("migrate", "tracker", verbosity=0)
    assert own_tables() == before
    assert {table._meta.db_table for table in TABLES} <= before


def constraints_in_the_database() -> str:
    """Return the text in which this engine keeps its constraints, each name in double quotes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            return "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT conname FROM pg_constraint UNION SELECT indexname FROM pg_indexes")
        return "\n".join(f'"{row[0]}"' for row in cursor.fetchall())


@pytest.mark.django_db
def test_every_constraint_stands_in_the_database() -> None:
    kept = constraints_in_the_database()
    assert [constraint.name for _, constraint in constraints() if f'"{constraint.name}"' not in kept] == []


def test_every_constraint_has_a_sentence_for_the_editor() -> None:
    silent = [
        constraint.name for _, constraint in constraints() if str(constraint.violation_error_message) == str(BaseConstraint.default_violation_error_message)
    ]
    assert silent == []


def test_every_constraint_is_named_after_what_must_be_true() -> None:
    names = [constraint.name for _, constraint in constraints()]
    assert len(names) == len(set(names)) > len(TABLES)
    assert [name for name in names if name != name.lower() or "%" in name or len(name) > 63] == []


def test_evidence_can_not_be_deleted_by_deleting_what_it_hangs_on() -> None:
    """Only rows that mean nothing without their owner go with it."""
    going = {
        (table.__name__, field.name)
        for table in TABLES
        for field in table._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    assert going <= {
        ("Attendance", "meeting"),
        ("Citation", "deadline"),
        ("Citation", "mention"),
        ("Citation", "milestone"),
        ("CommitmentName", "commitment"),
        ("MentionSummary", "mention"),
        ("ParticipantName", "participant"),
        *(("ReadingDraft", name) for name in ("meeting", "reader", "source")),
        ("Report", "meeting"),
        *(("SearchEntry", name) for name in LEADS_TO),
        ("SearchWord", "entry"),
        ("Summary", "commitment"),
    }
