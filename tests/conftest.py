"""What every test run sets up."""

from __future__ import annotations

import os
from collections.abc import Generator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.admin.desk import somebody
from tests.kept import once
from tests.universe import Universe


@pytest.fixture
def universe(db: None, tmp_path: Path) -> Universe:
    """Return the drawn world of tests/universe.py, loaded."""
    return Universe(tmp_path)


@pytest.fixture
def shipped(db: None) -> None:
    """Fill the database with the shipped fixtures."""
    once("shipped", lambda: call_command("load_fixtures", verbosity=0))


@pytest.fixture
def editor(db: None, client: Any, django_user_model: Any) -> Any:
    """Return a client in which an editor with every right is signed in."""
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "not-a-secret"))
    return client


@pytest.fixture
def roles(db: None) -> None:
    """Have the groups of the desk. A test with transactions of its own empties all tables, theirs too."""
    import_module("tracker.migrations.0008_workflow").make_roles(apps, None)


@pytest.fixture
def author(roles: None) -> Any:
    """Return a client in which an editor is signed in."""
    return somebody("Editor", "author")


@pytest.fixture
def reviewer(roles: None) -> Any:
    """Return a client in which a reviewer is signed in."""
    return somebody("Reviewer")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In the gate, a browser test that is skipped has failed: a missing browser must not look like a page that works."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and item.path.parent.name == "browser":
        report.outcome = "failed"
        report.longrepr = f"Skipped in the gate: {report.longrepr}"
    return report
