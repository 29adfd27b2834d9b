"""Edits: who changed what, when, why and from which files; and the versions of each record that they left.

The tables of versions are made and read by django-simple-history. Why it is done so: docs/decisions/0012-the-history-of-edits.md
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.vocabulary import Shown

from .named import SearchKeyField, SearchTextField
from .publication import known_word

#: What no version keeps: the private text of a source. Its checksum is kept, so that a version says whether the text changed.
UNKEPT = frozenset({"text"})


#: Versions that readers know the values of.
TOLD = (Shown.ADDED, Shown.CORRECTED)


def new_key() -> str:
    """Return a key for the address of an edit. It is drawn by lot: a running number would tell how many edits nobody may see."""
    return secrets.token_hex(6)


class Edit(models.Model):
    """One save by an editor, or one load: everything that was changed together."""

    key = models.CharField(_("key"), max_length=12, unique=True, default=new_key, editable=False)
    made = models.DateTimeField(_("made"))
    by = models.ForeignKey("auth.User", models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("by"))
    public = models.BooleanField(_("public"), default=False, help_text=_("Readers could see something of it when it was made."))

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        indexes = [models.Index(fields=["public", "made", "id"], name="edit_public_by_day")]

    def __str__(self) -> str:
        return f"{self.made:%Y-%m-%d %H:%M} {self.key}"


class Load(models.Model):
    """One load of files that changed something, or the taking back of one.

    ``files`` holds the path, SHA-256 and size of each, ``counts`` what became of the records.
    """

    edit = models.OneToOneField(Edit, models.PROTECT, related_name="load", primary_key=True, verbose_name=_("edit"))
    by_account = models.CharField(_("by"), max_length=150, blank=True, help_text=_("The account on the machine from which it was loaded."))
    reason = models.TextField(_("reason"), blank=True, help_text=_("Shown to readers."))
    files = models.JSONField(_("files"), default=list)
    counts = models.JSONField(_("counts"), default=dict)
    reverts = models.ForeignKey(
        "self", models.PROTECT, related_name="reverted_by", null=True, blank=True, verbose_name=_("reverts"), help_text=_("The load that this one took back.")
    )

    class Meta:
        verbose_name = _("load")
        verbose_name_plural = _("loads")

    def __str__(self) -> str:
        return str(self.edit)


class Version(models.Model):
    """What every version holds beside the fields of its record. Without an ``edit`` it stands for itself, and readers are not told of it."""

    edit = models.ForeignKey(Edit, models.PROTECT, related_name="+", null=True, blank=True, db_index=False, verbose_name=_("edit"))
    shown = models.CharField(_("shown to readers"), max_length=10, choices=Shown, blank=True, default="", editable=False)

    class Meta:
        abstract = True


class Versions(HistoricalRecords):  # type: ignore[misc]  # ships no types
    """The versions of a record, with those many-to-many fields that are named as ``pairs``.

    Of all indexes of the record only two are kept: by record and by edit. Loads write many rows, and each index is paid for with every row.
    """

    def __init__(self, *pairs: str) -> None:
        reason = models.TextField(_("reason"), blank=True, default="")
        number = models.BigAutoField(primary_key=True)
        super().__init__(bases=[Version], m2m_fields=pairs, history_change_reason_field=reason, history_id_field=number)

    def fields_included(self, model: type[models.Model]) -> list[Any]:
        """Return the fields that a version keeps: neither what is private, nor what is folded from the others, nor the count of changes."""
        self.excluded_fields = [field.name for field in model._meta.concrete_fields if _is_unkept(field)]
        return list(super().fields_included(model))

    def post_delete(self, instance: models.Model, using: Any = None, **kwargs: Any) -> None:
        """Leave the last version to who deletes the row, if they say that they have written it."""
        if not getattr(instance, "skip_history_when_saving", False):
            super().post_delete(instance, using, **kwargs)

    def copy_fields(self, model: type[models.Model]) -> dict[str, Any]:
        fields: dict[str, Any] = super().copy_fields(model)
        for field in fields.values():
            field.db_index = False
        return fields

    def get_extra_fields(self, model: type[models.Model], fields: dict[str, Any]) -> dict[str, Any]:
        extra: dict[str, Any] = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = False
        extra["history_date"].db_index = False
        return extra

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: Any) -> str:
        return str(super().get_change_reason_for_object(instance, history_type, using) or "")

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        name = str(model._meta.model_name)
        options: dict[str, Any] = super().get_meta_options(model)
        return options | {
            "indexes": [
                models.Index(fields=["id", "history_id"], name=f"{name}_versions"),
                models.Index(fields=["edit"], condition=models.Q(history_type="-"), name=f"{name}_taken_away"),
            ],
            "constraints": [
                known_word("shown", Shown.values, empty=""),
                models.UniqueConstraint(
                    name=f"{name}_has_one_version_in_an_edit",
                    fields=["edit", "id"],
                    violation_error_message=_("This edit has left a version of the record already."),
                ),
            ],
        }


def _is_unkept(field: models.Field[Any, Any]) -> bool:
    return field.name in UNKEPT or field.name == "revision" or isinstance(field, SearchKeyField | SearchTextField)


def versions_of(model: type[models.Model]) -> type[models.Model]:
    """Return the table of the versions of ``model``."""
    history: Any = model
    table: type[models.Model] = history.history.model
    return table


def pairs_of(model: type[models.Model]) -> Sequence[Any]:
    """Return the many-to-many fields of which the versions of ``model`` keep the pairs."""
    table: Any = versions_of(model)
    fields: Sequence[Any] = table._history_m2m_fields
    return fields
