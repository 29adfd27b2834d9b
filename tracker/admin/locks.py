"""Fields of a record that an editor keeps from being overwritten by loads."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker.loading.fields import fields_of
from tracker.loading.shapes import SHAPES
from tracker.models import FieldLock, Loaded

LOCKS = "fields_locked_against_loads"
#: Fields that say which record it is: a file that names another means another record.
_IDENTITY = {"slug", "key", "renamed_from"}


class LockingAdmin:
    """A form with the locks of a record that came from files."""

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]  # an admin's, to which this is mixed in
        if _came_from_files(obj) and self.has_change_permission(request, obj):  # type: ignore[attr-defined]
            return (*fieldsets, (_("Loads"), {"fields": (LOCKS,), "classes": ("collapse",)}))
        return fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        if _came_from_files(obj):
            form.base_fields[LOCKS] = forms.MultipleChoiceField(
                label=_("locked fields"),
                required=False,
                choices=_choices(obj),
                initial=sorted(_locks(obj).values_list("field", flat=True)),
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Loading files leaves these fields as they stand here. Without a lock, a file that disagrees with you is refused."),
            )
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if LOCKS in form.cleaned_data:
            row, wanted = form.instance, set(form.cleaned_data[LOCKS])
            _locks(row).exclude(field__in=wanted).delete()
            locked = (FieldLock(kind=_kind(row), row=row.pk, field=name) for name in wanted)
            FieldLock.objects.bulk_create(locked, ignore_conflicts=True)


def _kind(row: Any) -> str:
    return str(row._meta.model_name)


def _came_from_files(row: Any) -> bool:
    return row is not None and _kind(row) in SHAPES and Loaded.objects.filter(kind=_kind(row), row=row.pk).exists()


def _locks(row: Any) -> Any:
    return FieldLock.objects.filter(kind=_kind(row), row=row.pk)


def _choices(row: Any) -> list[tuple[str, Any]]:
    named = {field.name: getattr(field, "verbose_name", "") for field in row._meta.get_fields()}
    children = {field.get_accessor_name(): field.related_model._meta.verbose_name_plural for field in row._meta.related_objects}
    names = [name for name in fields_of(SHAPES[_kind(row)]) if name not in _IDENTITY]
    return [(name, capfirst(children.get(name) or named.get(name) or name)) for name in names]
