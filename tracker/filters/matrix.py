"""The query string of a matrix: which commitments, which meetings, in which order, as of which day. Page and files share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tracker.charts.arrangement import Asked
from tracker.dates import EdtfError, UncertainDate, parse_edtf
from tracker.history.facts import CommitmentFact
from tracker.vocabulary import STATEMENT_FORMATS, CommitmentKind, Format, Level

SORTS = (
    ("area", _("Area")),
    ("name", _("Name")),
    ("idle", _("Most restated since it last moved")),
    ("quiet", _("Longest without a known mention")),
    ("mentions", _("Most meetings")),
    ("stage", _("Highest rung")),
    ("last", _("Latest mention first")),
)
MEETINGS = (("general", _("General meetings")), ("all", _("All, those called for one thing too")))
LEVELS = (("", _("All")), *((level.word, level.label) for level in reversed(Level)))
FORMATS = (("", _("All")), *((one.value, one.label) for one in Format if one not in STATEMENT_FORMATS))
FIRST_YEAR, LAST_YEAR = 1900, 2100
NO_DAY = _("This is not a day of the calendar. Write a day (2024-07-03), a month (2024-07) or a year (2024).")
#: Fields that order what is shown and hide nothing of it.
NOT_A_FILTER = frozenset({"sort"})


@dataclass(frozen=True, slots=True)
class InForce:
    """One filter in force: its field, what it says, and the query string without it."""

    name: str
    label: str
    value: str
    without: str


class DayField(forms.Field):
    """A day, or the last day of a month or a year, as people type dates here. Empty is None."""

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return self.day_of(parse_edtf(typed))
        except EdtfError:
            raise forms.ValidationError(NO_DAY) from None

    def day_of(self, span: UncertainDate) -> date:
        """Return the day that is meant by what was typed."""
        return span.latest


def day_input(example: str) -> forms.TextInput:
    """Return the box into which a day is typed, with an example of one."""
    return forms.TextInput(attrs={"placeholder": example, "size": 11, "maxlength": 21, "autocomplete": "off", "spellcheck": "false"})


def _choice(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False)


def _year(label: Any) -> forms.IntegerField:
    size = forms.NumberInput(attrs={"size": 5})
    return forms.IntegerField(label=label, required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=size)


class MatrixForm(forms.Form):
    """What is asked of one matrix. ``areas`` are the public areas of its series."""

    sort = _choice(_("Order"), SORTS)
    meetings = _choice(_("Meetings"), MEETINGS)
    area = _choice(_("Area"), ())
    as_of = DayField(label=_("As of"), required=False, widget=day_input("2024-07-03"))
    level = _choice(_("Level"), LEVELS)
    format = _choice(_("Format"), FORMATS)
    since = _year(_("From year"))
    until = _year(_("To year"))
    statements = forms.BooleanField(label=_("Mark statements between meetings"), required=False)

    #: Shown at once; the rest opens under them.
    FIRST = ("sort", "meetings", "area", "as_of")

    def __init__(self, query: QueryDict, commitments: Iterable[CommitmentFact]) -> None:
        super().__init__(query)
        self.query = query
        areas = sorted((one.name, one.slug) for one in commitments if one.kind == CommitmentKind.AREA)
        # Replaced on the instance: fields are copied for each form.
        self.fields["area"].choices = [("", _("All")), *((slug, name) for name, slug in areas)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last year lies before the first."))
        return cleaned

    @property
    def as_of_day(self) -> date | None:
        """Return the day asked for, or None. Only of a valid form."""
        day: date | None = self.cleaned_data["as_of"]
        return day

    def asked(self) -> Asked:
        """Return what is asked for. Only of a valid form."""
        said = self.cleaned_data
        return Asked(
            sort=said["sort"] or "area",
            general_only=said["meetings"] != "all",
            area=said["area"] or None,
            level=Level.from_word(said["level"]) if said["level"] else None,
            format=Format(said["format"]) if said["format"] else None,
            since=said["since"],
            until=said["until"],
            statements=said["statements"],
        )

    def first(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.FIRST)

    def further(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.fields if name not in self.FIRST)

    @property
    def is_wide_open(self) -> bool:
        """Return whether one of the further fields is in use, or wrong."""
        return any(self[name].value() or self.errors.get(name) for name in self.fields if name not in self.FIRST)

    def in_force(self) -> list[InForce]:
        """Return the filters that leave something out, or add to it. None of a form that is not valid."""
        if not self.is_valid():
            return []
        used = (name for name in self.fields if name not in NOT_A_FILTER and self._is_used(name))
        return [InForce(name, str(self.fields[name].label), self._said(name), self._without(name)) for name in used]

    def _is_used(self, name: str) -> bool:
        value = self.cleaned_data.get(name)
        return bool(value) and (name, value) != ("meetings", "general")

    def _said(self, name: str) -> str:
        value = self.cleaned_data[name]
        if value is True:
            return str(_("yes"))
        labels = {str(word): str(label) for word, label in getattr(self.fields[name], "choices", ())}
        return labels.get(str(value), str(value))

    def _without(self, name: str) -> str:
        rest = self.query.copy()
        rest.pop(name, None)
        return f"?{rest.urlencode()}"
