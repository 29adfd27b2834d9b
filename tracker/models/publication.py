"""The one rule of what is public, and the fields every record shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from tracker.dates import UncertainDate
from tracker.vocabulary import PublicationState

models.CharField.register_lookup(Length)


@models.CharField.register_lookup
class Plainly(Exact):
    """Equal to a word that nearly every row has: SQLite is kept from looking for it first.

    It takes an index of few words for a short way, and would begin each query that asks for several published records at once by reading all of a table.
    """

    lookup_name = "plainly"

    def process_lhs(self, compiler: Any, connection: Any, lhs: Any = None) -> tuple[str, Any]:
        sql, parameters = super().process_lhs(compiler, connection, lhs)
        return f"+{sql}" if connection.vendor == "sqlite" else sql, parameters

    def get_rhs_op(self, _connection: Any, rhs: str) -> str:
        return f"= {rhs}"


#: A commitment hangs under an area, which may hang under a wider one: the rule looks this far up.
LEVELS_ABOVE = 2
#: What may be allowed of a record: beside Django's own, to decide what readers see of it.
WITH_PUBLISHING = ("add", "change", "delete", "view", "publish")


def publication_rule(model: type[models.Model], prefix: str = "") -> Q:
    """Return the condition under which a row of ``model`` is public.

    Public = the record and everything it hangs on is published. What a record hangs on is its ``hangs_on``:
    names of foreign keys. An empty key hangs on nothing. A key to its own kind is followed a few times.
    """
    return _rule(model, prefix, LEVELS_ABOVE, published_itself)


def decision_rule(model: type[models.Model], prefix: str = "") -> Q:
    """Return the condition under which it was decided that readers may see a row of ``model``, or no longer: it and what it hangs on is no draft."""
    return _rule(model, prefix, LEVELS_ABOVE, _decided_itself)


def withdrawal_rule(model: type[PublishedRecord]) -> Q:
    """Return the condition under which a row of ``model`` is withdrawn and would be public if it were not."""
    return Q(state=PublicationState.WITHDRAWN) & _ground_rule(model, "", LEVELS_ABOVE, published_itself)


def _rule(model: type[models.Model], prefix: str, above: int, itself: Callable[[str], Q]) -> Q:
    own = itself(prefix) if issubclass(model, PublishedRecord) else Q()
    return own & _ground_rule(model, prefix, above, itself)


def _ground_rule(model: type[models.Model], prefix: str, above: int, itself: Callable[[str], Q]) -> Q:
    """Return the condition under which everything that a row of ``model`` hangs on meets the condition ``itself``."""
    rule = Q()
    for name in getattr(model, "hangs_on", ()):
        field: Any = model._meta.get_field(name)
        target: type[models.Model] = field.related_model
        if target is model and above == 0:
            continue
        deeper = above - 1 if target is model else LEVELS_ABOVE
        owner = _rule(target, f"{prefix}{name}__", deeper, itself)
        rule &= (Q(**{f"{prefix}{name}__isnull": True}) | owner) if field.null else owner
    return rule


def published_itself(prefix: str = "") -> Q:
    """Return the condition that a row itself is published, whatever it hangs on: half of the rule, for who asks the other half apart."""
    return Q(**{f"{prefix}state__plainly": PublicationState.PUBLISHED})


def _decided_itself(prefix: str) -> Q:
    return Q(**{f"{prefix}state__in": (PublicationState.PUBLISHED, PublicationState.WITHDRAWN)})


class RecordQuerySet(models.QuerySet[Any]):
    """What every table can be asked."""

    def published(self) -> Self:
        """Return the rows that anybody may see: the one public door of each table."""
        return self.filter(publication_rule(self.model))

    def withdrawn(self) -> Self:
        """Return the rows that were withdrawn, as far as what they hang on is public."""
        return self.filter(withdrawal_rule(self.model))


class Dated(models.Model):
    """``beside`` names the keys of which one leads to the record that a row without an address of its own stands beside.

    ``revision`` is counted up by whoever changes the row: who read it at one number and finds another knows that it is no longer what was read.
    """

    beside: ClassVar[tuple[str, ...]] = ()

    created = models.DateTimeField(_("created"), auto_now_add=True, editable=False)
    changed = models.DateTimeField(_("changed"), auto_now=True, editable=False)
    revision = models.PositiveIntegerField(_("revision"), default=1, db_default=1, editable=False)

    class Meta:
        abstract = True


class PublishedRecord(Dated):
    """A record that can be seen by the public once it is published."""

    hangs_on: ClassVar[tuple[str, ...]] = ()

    state = models.CharField(
        _("publication state"),
        max_length=10,
        choices=PublicationState,
        default=PublicationState.DRAFT,
        db_index=True,
        help_text=_("Only published records are public, and only if everything they hang on is published too."),
    )
    withdrawn_reason = models.TextField(
        _("reason of withdrawal"),
        blank=True,
        help_text=_("Shown to readers who open the address of a withdrawn record."),
    )

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.state == PublicationState.WITHDRAWN


def withdrawal_has_a_reason() -> models.CheckConstraint:
    """Return the constraint that a withdrawn record says why."""
    return models.CheckConstraint(
        name="%(class)s_withdrawal_has_a_reason",
        condition=~Q(state=PublicationState.WITHDRAWN) | ~Q(withdrawn_reason=""),
        violation_error_message=_("Say why the record is withdrawn: its readers will be told."),
    )


def known_word(field: str, words: list[Any], *, empty: Any = ...) -> models.CheckConstraint:
    """Return the constraint that ``field`` holds one of the vocabulary's ``words`` (or ``empty``, where that is allowed)."""
    rule = Q(**{f"{field}__in": words})
    if empty is None:
        rule |= Q(**{f"{field}__isnull": True})
    elif empty is not ...:
        rule |= Q(**{field: empty})
    return models.CheckConstraint(
        name=f"%(class)s_{field}_is_a_known_word",
        condition=rule,
        violation_error_message=_("This word is not in the vocabulary."),
    )


def in_order(first: str, last: str, sentence: Any) -> models.CheckConstraint:
    """Return the constraint that the day in ``first`` is not after the day in ``last``, both or neither given."""
    return models.CheckConstraint(
        name=f"%(class)s_{first}_not_after_{last}"[:60],
        condition=Q(**{f"{first}__isnull": True, f"{last}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{last}__isnull": False, f"{first}__lte": models.F(last)}),
        violation_error_message=sentence,
    )


def span(earliest: Any, latest: Any) -> UncertainDate | None:
    """Return the two days as one uncertain date, or None where the date is not known at all."""
    return UncertainDate(earliest, latest) if earliest and latest else None
