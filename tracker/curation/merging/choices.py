"""The fields in which two records differ, and which value the one that stays takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.models.publication import span

KEPT, GONE, BOTH = "kept", "gone", "both"
#: What says which record it is, or follows from the rest; a record does not leave its series by a merge.
_SETTLED = frozenset({"id", "slug", "state", "withdrawn_reason", "created", "changed", "revision", "series", "text_sha256"})
_MANY_WORDS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """One field in which they differ: the values in words, the columns that hold it (none for a field of pairs), and which is taken."""

    name: str
    label: str
    columns: tuple[str, ...]
    kept: str
    gone: str
    taken: str

    @property
    def is_pairs(self) -> bool:
        return not self.columns


def choices(kept: Any, gone: Any, chosen: Mapping[str, str]) -> list[Choice]:
    """Return the fields in which the two differ. Where nothing was ``chosen``, the record that stays keeps what it says, and takes what it does not say."""
    return [*_of_columns(kept, gone, chosen), *_of_pairs(kept, gone, chosen)]


def _of_columns(kept: Any, gone: Any, chosen: Mapping[str, str]) -> Iterator[Choice]:
    for field in kept._meta.concrete_fields:
        if field.name in _SETTLED or not field.editable or field.name.endswith("_latest"):
            continue
        name = field.name.removesuffix("_earliest")
        columns = _columns(name, field)
        if all(getattr(kept, column) == getattr(gone, column) for column in columns):
            continue
        is_silent = all(getattr(kept, column) in (None, "") for column in columns)
        taken = chosen.get(name, "")
        taken = taken if taken in {KEPT, GONE} else GONE if is_silent else KEPT
        yield Choice(name, str(field.verbose_name).partition(",")[0], columns, in_words(kept, field), in_words(gone, field), taken)


def _columns(name: str, field: Any) -> tuple[str, ...]:
    if field.name.endswith("_earliest"):
        return field.attname, f"{name}_latest"
    return (field.attname, "text_sha256") if name == "text" else (field.attname,)


def in_words(row: Any, field: Any) -> str:
    """Return the value of a field as an editor reads it."""
    value = getattr(row, field.name)
    if field.name.endswith("_earliest"):
        when = span(value, getattr(row, field.name.replace("_earliest", "_latest")))
        return when.edtf() if when else "–"
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField) and value:
        return date_format(value, "Y-m-d")
    return _shortened(str(value)) if value not in (None, "") else "–"


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= _MANY_WORDS:
        return text
    return _("%(beginning)s … (%(number)d words)") % {"beginning": " ".join(words[:_MANY_WORDS]), "number": len(words)}


def _of_pairs(kept: Any, gone: Any, chosen: Mapping[str, str]) -> Iterator[Choice]:
    for field in kept._meta.many_to_many:
        mine, theirs = (sorted(str(one) for one in getattr(row, field.name).all()) for row in (kept, gone))
        if mine != theirs:
            taken = chosen.get(field.name, "")
            yield Choice(field.name, str(field.verbose_name), (), ", ".join(mine), ", ".join(theirs), taken if taken in {GONE, BOTH} else KEPT)
