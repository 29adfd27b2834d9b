"""The query string of the public log: which kind of record, which series, which one record, from which day to which."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.models.kinds import RECORDS
from tracker.models.publication import PublishedRecord, RecordQuerySet
from tracker.queries.edits import Period, Scope, place_of

from .asked import public_series
from .matrix import DayField, InForce, day_input

KINDS: dict[str, type[PublishedRecord]] = {str(model._meta.model_name): model for model in RECORDS}
#: Kinds that have addresses of their own: what ``record`` can name.
ADDRESSED = frozenset({"party", "participant", "series", "source", "commitment", "meeting"})
_EXAMPLE = "2026-11-25"


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("All")), *((name, capfirst(model._meta.verbose_name)) for name, model in KINDS.items())]


class FirstDayField(DayField):
    """A day, or the first day of a month or a year."""

    def day_of(self, span: UncertainDate) -> date:
        return span.earliest


class ChangesForm(forms.Form):
    """What is asked of the log. ``record`` is ``kind:slug``; ``before`` is the key of the edit at which the page before ended."""

    kind = forms.ChoiceField(label=_("Kind of record"), required=False, choices=_kinds)
    series: Any = forms.ModelChoiceField(label=_("Series"), required=False, queryset=None, to_field_name="slug", empty_label=_("All"))
    since = FirstDayField(label=_("From"), required=False, widget=day_input(_EXAMPLE))
    until = DayField(label=_("To"), required=False, widget=day_input(_EXAMPLE))
    record = forms.CharField(label=_("Record"), required=False, max_length=130, widget=forms.HiddenInput)
    before = forms.CharField(label=_("Earlier than"), required=False, max_length=12, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query
        self.fields["series"].queryset = public_series(None)  # type: ignore[attr-defined]  # a field of records

    def clean_record(self) -> tuple[type[PublishedRecord], int, str] | None:
        """Return the kind, the key and the name of the record asked for. A draft is answered as if it were not there."""
        kind, _separator, slug = self.cleaned_data["record"].partition(":")
        if not kind:
            return None
        row: Any = RecordQuerySet(KINDS[kind]).published().filter(slug=slug).first() if kind in ADDRESSED else None
        if row is None:
            raise forms.ValidationError(_("No such record is on view."))
        return type(row), row.pk, str(row)

    def clean_before(self) -> Any:
        key = self.cleaned_data["before"]
        if key and (place := place_of(key)) is None:
            raise forms.ValidationError(_("This page is no longer there: begin with the newest changes."))
        return place if key else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day lies before the first."))
        return cleaned

    def scope(self) -> Scope:
        """Return what is asked for. Only of a valid form."""
        said = self.cleaned_data
        return Scope(KINDS.get(said["kind"]), said["series"].pk if said["series"] else None, said["record"][:2] if said["record"] else None)

    def period(self) -> Period:
        """Return from when to when. Only of a valid form."""
        said = self.cleaned_data
        return Period(said["since"], said["until"], said["before"])

    def in_force(self) -> list[InForce]:
        """Return the filters that leave something out. None of a form that is not valid."""
        if not self.is_valid():
            return []
        used = (name for name in self.fields if self.cleaned_data.get(name) and name != "before")
        return [InForce(name, str(self.fields[name].label), self._said(name), self.without(name)) for name in used]

    def _said(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name == "kind":
            return capfirst(str(KINDS[value]._meta.verbose_name))
        return str(value[2] if name == "record" else value)

    def kept(self) -> str:
        """Return the query string of what is asked of an edit beside its kind, for links that add to it."""
        asked = {word: self.query[word] for word in ("series", "record") if self.query.get(word)}
        return f"&{urlencode(asked)}" if asked else ""

    def without(self, name: str) -> str:
        """Return the query string without one of the filters, from the newest change on."""
        return "?" + urlencode({word: self.query[word] for word in self.fields if self.query.get(word) and word not in {name, "before"}})
