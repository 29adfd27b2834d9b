"""What the tests of exports share."""

from __future__ import annotations

import os

import pytest


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests lose no power: that files reach the disk before they are renamed is asked for, and not waited for."""
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
