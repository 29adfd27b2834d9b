"""What every test run sets up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.universe import Universe


@pytest.fixture
def universe(db: None, tmp_path: Path) -> Universe:
    """Return the drawn world of tests/universe.py, loaded."""
    return Universe(tmp_path)


@pytest.fixture
def editor(db: None, client: Any, django_user_model: Any) -> Any:
    """Return a client in which an editor with every right is signed in."""
    client.force_login(django_user_model.objects.create_superuser("editor", "editor@example.org", "not-a-secret"))
    return client
