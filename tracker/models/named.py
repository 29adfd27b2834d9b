"""Records found by name: the folded key that makes two spellings of one name meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key


class _Folded:
    """The folded form of other fields, written anew each time the row is saved or bulk-created."""

    attname: str

    def __init__(self, *args: Any, source: str | Sequence[str] = "name", **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **kwargs | {"editable": False, "blank": True})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()  # type: ignore[misc]  # a field's, to which this is mixed in
        return name, path, args, kwargs | {"source": self.source}

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,) if isinstance(self.source, str) else tuple(self.source)

    def folded(self, values: Mapping[str, Any]) -> str:
        """Return the key made of those of ``values`` that it folds; what is not there is empty."""
        return search_key(" ".join(values.get(name) or "" for name in self.sources))

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002  Django's signature
        key = self.folded({name: getattr(model_instance, name) for name in self.sources})
        setattr(model_instance, self.attname, key)
        return key


class SearchKeyField(_Folded, models.CharField):
    """The folded form of one short field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 600)
        super().__init__(*args, **kwargs)


class SearchTextField(_Folded, models.TextField):
    """The folded form of several fields together, however long. The database's own default lets code that does not know the column write rows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"db_default": ""} | kwargs)


def search_fields(model: type[models.Model]) -> list[SearchKeyField | SearchTextField]:
    """Return the columns of ``model`` that hold folded forms of others."""
    return [field for field in model._meta.concrete_fields if isinstance(field, (SearchKeyField, SearchTextField))]


class NamedOnce(models.Model):
    """A record whose folded name stands once beside others that share ``named_once_within``."""

    named_once_within: ClassVar[str] = ""

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuse a second record under the same folded name; the database refuses it too, without the sentence."""
        super().clean()
        row: Any = self
        within = {self.named_once_within: getattr(self, self.named_once_within, None)}
        records: models.QuerySet[Any] = type(row)._default_manager.all()
        if twin := records.filter(name_key=search_key(row.name), **within).exclude(pk=self.pk).first():
            raise ValidationError({"name": _("“%(name)s” is already there as %(slug)s.") % {"name": twin.name, "slug": twin.slug}})
