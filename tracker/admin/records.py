"""What all record pages of the admin share: search in any script, nothing published deleted, roll-ups kept true."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from tracker import summaries
from tracker.curation.claims import claim
from tracker.folding import search_key
from tracker.models.publication import RecordQuerySet
from tracker.search import entries

from .another import AnotherAdmin
from .edits import EditedAdmin
from .fields import KEY, ProseField, WebAddressField
from .forms import RecordForm, was_public
from .locks import LockingAdmin
from .proposing import ProposingAdmin
from .publishing import PublishingAdmin
from .restoring import RestoringAdmin
from .saving import SavingAdmin
from .stamps import OVERTAKEN, Stamp, Stamps, changed_since

PUBLICATION: Any = (_("Publication"), {"fields": ("state", "withdrawn_reason", "created", "changed")})
#: A search for more words than these looks for the first of them: an engine takes no condition of any length.
MOST_WORDS = 12


class Chosen(AutocompleteSelect):
    """A record chosen by typing. Django looks up what was sent before it shows the form again; what is no key would be an error of the server."""

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if KEY.fullmatch(str(key))], attr)


class ManyChosen(Chosen, AutocompleteSelectMultiple):
    pass


class Labelled:
    """Choices of related records show the label that their own admin gives them."""

    formfield_overrides: Any = {models.URLField: {"form_class": WebAddressField}, models.TextField: {"form_class": ProseField}}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", Chosen(db_field, self.admin_site, using=kwargs.get("using")))  # type: ignore[attr-defined]
        return self._labelled(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", ManyChosen(db_field, self.admin_site, using=kwargs.get("using")))  # type: ignore[attr-defined]
        return self._labelled(super().formfield_for_manytomany(db_field, request, **kwargs), db_field)  # type: ignore[misc]

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> Any:
        """Return the choices with what their labels print, so that no label asks for it again."""
        choices = super().get_field_queryset(db, db_field, request)  # type: ignore[misc]
        return self._told_by(db_field).with_labels(choices)

    def _labelled(self, field: Any, db_field: Any) -> Any:
        if field is not None:
            field.label_from_instance = self._told_by(db_field).label
        return field

    def _told_by(self, db_field: Any) -> Any:
        """Return the admin of the records that ``db_field`` leads to: all of them are registered."""
        return self.admin_site.get_model_admin(db_field.remote_field.model)  # type: ignore[attr-defined]


class RecordAdmin(Labelled, AnotherAdmin, RestoringAdmin, ProposingAdmin, PublishingAdmin, LockingAdmin, SavingAdmin, EditedAdmin):
    """``list_select_related`` names what a list, a label and the name of a row print of other records."""

    form = RecordForm
    readonly_fields = ("created", "changed")
    list_per_page = 50
    list_select_related: ClassVar[Any] = ()
    show_full_result_count = False
    save_on_top = True

    def label(self, row: Any) -> str:
        """Return what an editor picks ``row`` by in a list of choices."""
        return str(row)

    def with_labels(self, rows: Any) -> Any:
        return rows.select_related(*self.list_select_related) if self.list_select_related else rows

    def get_queryset(self, request: HttpRequest) -> Any:
        return self.with_labels(super().get_queryset(request))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Return the rows in which each word stands, in any case of any script; names are found by their folded key."""
        fields = self.get_search_fields(request)
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(_holds(word, fields))
        return queryset, any(name.startswith("names__") for name in fields)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the public page of the record, or of what it hangs on; None while nobody could open it."""
        if obj is None or not isinstance(rows := type(obj)._default_manager.all(), RecordQuerySet):
            return None
        return self.public_address(obj) if rows.published().filter(pk=obj.pk).exists() else None

    def public_address(self, row: Any) -> str:
        return str(row.get_absolute_url())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if context.get("original"):
            context["subtitle"] = self.label(context["original"])
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return page

    def get_actions(self, request: HttpRequest) -> Any:
        """Return the actions without mass deletion: it would not ask each record whether it is published."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not was_public(obj) and super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.touched_before = summaries.touched_by(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        summaries.refresh(form.touched_before | summaries.touched_by(form.instance))
        entries.follow([form.instance])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        touched = summaries.touched_by(obj)
        super().delete_model(request, obj)
        summaries.refresh(touched)


def _holds(word: str, fields: Iterable[str]) -> Q:
    """Return the condition that ``word`` stands in one of ``fields``. SQLite's own search knows case in ASCII only; a pattern knows it everywhere."""
    found = Q()
    key = search_key(word)
    for name in fields:
        if not name.endswith("name_key"):
            found |= Q(**{f"{name}__iregex": re.escape(word)})
        elif key:
            found |= Q(**{f"{name}__contains": key})
    return found or Q(pk__in=[])


class UniqueTogether(BaseInlineFormSet):
    """Rows typed into one page: those that a constraint with a condition refuses together, and those that somebody else changed or took away meanwhile.

    Of constraints without a condition Django asks by itself.
    """

    stamps: Stamps | None = None
    #: What is done with a row before it goes.
    before_deletion: Any

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # not in the stubs
        if self.stamps is not None and self.is_bound and i < self.initial_form_count():
            key = form["id"].value() if form.instance.pk is None else form.instance.pk
            form.stamp = self.stamps.rows.get((str(self.prefix), str(key)), Stamp())
            form.is_gone = form.instance.pk is None and form.stamp.revision > 0
        return form

    @property
    def is_overtaken(self) -> bool:
        forms: list[Any] = self.initial_forms
        return any(form.is_overtaken or form.is_gone for form in forms)

    def takes_away(self, form: Any) -> bool:
        """Return whether the row is to be deleted."""
        return self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined]  # not in the stubs

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        claim(obj, obj.revision)
        return super().save_existing(form, obj, commit=commit)

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        claim(obj, obj.revision)
        self.before_deletion(obj)
        super().delete_existing(obj, commit=commit)

    def clean(self) -> None:
        super().clean()
        forms: list[Any] = self.initial_forms
        for form in forms:
            if form.stamp is not None and self.takes_away(form) and changed_since(form, form.stamp):
                form.is_overtaken = True
                raise ValidationError(OVERTAKEN)
        table: Any = self.model
        for constraint in table._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition and self.fk.name in constraint.fields:
                names = [name for name in constraint.fields if name != self.fk.name]
                if _repeats(tuple(typed.get(name) for name in names) for typed in self.kept()):
                    raise ValidationError(constraint.get_violation_error_message())

    def kept(self) -> list[dict[str, Any]]:
        """Return what was typed into the rows that stay."""
        typed = (getattr(form, "cleaned_data", None) for form in self.forms)
        return [row for row in typed if row and not row.get("DELETE")]


def _repeats(values: Iterable[tuple[Any, ...]]) -> bool:
    known = [value for value in values if None not in value]
    return len(known) != len(set(known))


class ChildInline(Labelled, admin.StackedInline):
    """Rows that belong to the record. Those of a published record stay: nothing published is deleted."""

    form = RecordForm
    formset = UniqueTogether
    extra = 0

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not was_public(obj) and super().has_delete_permission(request, obj)
