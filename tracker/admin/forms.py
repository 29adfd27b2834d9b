"""The form of every record: one input for each uncertain date, the written forms that a load asks for, identity that stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.curation.chains import Fault
from tracker.loading.rules import FORMS
from tracker.loading.shapes import KEY, SLUG
from tracker.models import Redirect
from tracker.models.named import SearchKeyField
from tracker.models.publication import span
from tracker.vocabulary import PublicationState

from .coding import RULES
from .fields import EdtfField
from .stamps import OVERTAKEN, Stamp, is_overtaken, watched

#: What has stood before the public; it can be withdrawn, but not become a draft again.
KNOWN_TO_THE_PUBLIC = (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)
_IN_SMALL_LETTERS = _("small letters, digits and single hyphens")
_WRITTEN: dict[str, tuple[str, Any]] = {
    **FORMS,
    **dict.fromkeys(("slug", "old_slug", "new_slug"), (SLUG, _IN_SMALL_LETTERS)),
    **dict.fromkeys(("key", "target"), (KEY, _IN_SMALL_LETTERS)),
}


def was_public(row: models.Model | None) -> bool:
    """Return whether ``row`` itself is published, or was until it was withdrawn."""
    return getattr(row, "state", None) in KNOWN_TO_THE_PUBLIC


class RecordForm(forms.ModelForm):
    """``settled_once_stored`` names the fields that say which row it is."""

    settled_once_stored: ClassVar[tuple[str, ...]] = ("key",)
    #: How the row was opened to be changed, if it was.
    stamp: Stamp | None = None
    #: What was refused when the same was about to be saved a moment ago.
    refusals: ClassVar[list[tuple[str | None, str]]] = []
    #: The row was changed by somebody else since it was opened, or taken away.
    is_overtaken = False
    is_gone = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._spans():
            when = span(getattr(self.instance, f"{name}_earliest"), getattr(self.instance, f"{name}_latest"))
            self.initial.setdefault(name, when.edtf() if when else "")
        for name in self._settled():
            self.fields[name].disabled = True
        for name, rule in RULES.get(str(self._meta.model._meta.model_name), {}).items():
            if name in self.fields:
                self.fields[name].help_text = rule

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, text in list(self.cleaned_data.items()):
            if text and name in _WRITTEN and not re.fullmatch(_WRITTEN[name][0], text):
                self.add_error(name, _("Write %(form)s.") % {"form": _WRITTEN[name][1]})
        for field in self._meta.model._meta.concrete_fields:
            if isinstance(field, SearchKeyField):
                self._check_name(field)
        if "slug" in self.changed_data and "slug" in self.cleaned_data:
            self._check_slug(self.cleaned_data["slug"])
        for name, sentence in list(self.faults(self.instance, self.cleaned_data)):
            self.add_error(name, sentence)
        return cleaned

    def faults(self, row: Any, typed: Mapping[str, Any]) -> Iterable[Fault]:  # noqa: ARG002  for those who override it
        """Return what the constraints of a row can't see: the field to blame, and the sentence for the editor."""
        return ()

    def _check_name(self, field: SearchKeyField) -> None:
        (source,) = field.sources
        if not self.cleaned_data.get(source):
            return
        key = field.folded(self.cleaned_data)
        if not key:
            self.add_error(source, _("A name holds a letter or a digit."))
        elif field.max_length and len(key) > field.max_length:
            self.add_error(source, _("This name is too long to be searched for."))

    def _check_slug(self, slug: str) -> None:
        if now := Redirect.objects.target_of(self._meta.model._meta.model_name or "", slug):
            self.add_error("slug", _("This is the old address of %(slug)s: choose another.") % {"slug": now})

    def _spans(self) -> Iterator[str]:
        return (name for name, field in self.fields.items() if isinstance(field, EdtfField))

    def _settled(self) -> Iterator[str]:
        if self.instance.pk is not None:
            yield from (name for name in self.settled_once_stored if name in self.fields)
        if "slug" in self.fields and was_public(self.instance):
            yield "slug"

    def _post_clean(self) -> None:
        for name in self._spans():
            if name in self.cleaned_data:
                when = self.cleaned_data[name]
                setattr(self.instance, f"{name}_earliest", when.earliest if when else None)
                setattr(self.instance, f"{name}_latest", when.latest if when else None)
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if self.stamp is not None and is_overtaken(self, self.stamp):
            self.is_overtaken = True
            self.add_error(None, OVERTAKEN)
        for blamed, sentence in self.refusals if not self.errors else ():
            self.add_error(blamed if blamed in self.fields else None, sentence)

    @property
    def changed_columns(self) -> list[str]:
        """Return the changed fields that the table of the record holds."""
        return [name for name in self.changed_data if name in watched(self)]

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints look at the two columns of each date that could be read."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return excluded - {f"{name}_{end}" for name in self._spans() if name in self.cleaned_data for end in ("earliest", "latest")}
