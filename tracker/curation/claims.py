"""Optimistic locking: who writes a row says which revision was read, and the database says whether it still stands."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import gettext as _


class OvertakenError(Exception):
    """Somebody else has changed the row since it was read; nothing of this is written."""

    def __init__(self, row: models.Model) -> None:
        super().__init__(str(_("“%(row)s” was changed by somebody else meanwhile: look at it again.") % {"row": row}))
        self.row = row


def claim(row: Any, revision: int, *, state: str | None = None, fields: Mapping[str, Any] = MappingProxyType({})) -> None:
    """Count up the revision of ``row``, and set ``fields`` with it, if it still stands at ``revision``, and in ``state`` where one is given.

    Of all who read that revision, the first gets it.

    Raises ``OvertakenError`` for all others. Within a transaction the row then belongs to who claimed it.
    """
    standing = type(row)._default_manager.filter(pk=row.pk, revision=revision)
    if state is not None:
        standing = standing.filter(state=state)
    if not standing.update(revision=revision + 1, **fields):
        raise OvertakenError(row)
    row.revision = revision + 1
    for name, value in fields.items():
        setattr(row, name, value)
