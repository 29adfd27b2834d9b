"""Records found by name: the folded key that makes two spellings of one name meet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.folding import search_key


class SearchKeyField(models.CharField):
    """The folded form of another field, written anew each time the row is saved or bulk-created."""

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        kwargs |= {"editable": False, "blank": True}
        kwargs.setdefault("max_length", 600)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002  Django's signature
        key = search_key(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, key)
        return key


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
