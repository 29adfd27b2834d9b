"""What the lists of mentions and of promises print: the coded rows of one page, in the order of that page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from tracker.dates import UncertainDate
from tracker.history.deadlines import OPEN_OUTCOMES
from tracker.history.facts import CitationFact, DeadlineFact, MentionFact
from tracker.models import Citation, Deadline, Mention, Source
from tracker.models.publication import publication_rule
from tracker.vocabulary import CommitmentKind, Format, Reach

from .columns import Named, named
from .facts import deadline_rows, mention_rows
from .standing import condition, until


@dataclass(frozen=True, slots=True)
class CodedMention:
    """One mention. ``head`` is the citation that a list shows: the first that was voiced, or the first."""

    mention: MentionFact
    commitment: Named
    kind: CommitmentKind
    meeting: Named
    format: Format
    when: UncertainDate
    head: CitationFact
    voice: tuple[str, ...]
    both_sides: bool
    #: Letter of the evidence grade, and whether only one side's text has it though both were read: from the roll-up.
    evidence: str
    one_sided: bool


@dataclass(frozen=True, slots=True)
class CodedDeadline:
    """One promise. ``overdue`` says that its due day has passed by the day asked for and nothing resolved it."""

    deadline: DeadlineFact
    commitment: Named
    stated_at: Named | None
    overdue: bool


def all_mentions() -> QuerySet[Any]:
    """Return the public mentions that somebody can check, the latest first."""
    # The mention is public where this is asked: of its passages only the source has to be.
    proved = Exists(Citation.objects.filter(publication_rule(Source, "source__"), mention=OuterRef("pk")))
    order = ("-meeting__starts_latest", "-meeting__starts_earliest", "meeting__slug", "commitment__name_key", "pk")
    rows: QuerySet[Any] = Mention.objects.published().filter(proved).order_by(*order)
    return rows


def all_deadlines(as_of: date) -> QuerySet[Any]:
    """Return the public promises that somebody can check, the latest due first, as ``with_outcome`` describes them."""
    proved = Exists(Citation.objects.published().filter(deadline=OuterRef("pk")))
    return with_outcome(Deadline.objects.published().filter(proved).order_by("-due_latest", "-due_earliest", "commitment__name_key", "pk"), as_of)


def with_outcome(rows: QuerySet[Any], as_of: date) -> QuerySet[Any]:
    """Return the promises with ``overdue`` and the ``condition`` of their commitment on the day given, and the day they were stated."""
    stated = Coalesce("stated_at__starts_latest", "stated_latest")
    found: QuerySet[Any] = rows.annotate(overdue=is_overdue(as_of), condition=condition(as_of, "commitment__"), stated_on=stated)
    return found


def is_overdue(as_of: date) -> Case:
    """Return the column that says whether a promise has passed by then, is the last of its target, and nothing resolved it."""
    passed = Q(LessThan(F("due_latest"), until(as_of, "commitment__")), outcome__in=OPEN_OUTCOMES)
    return Case(When(passed & ~promised_again(), then=True), default=False)


def coded_mentions(page: Sequence[Any], said: str = "") -> list[CodedMention]:
    """Return the mentions of ``page`` with their citations, in its order; one query. A wording asked for with ``said`` heads its row."""
    more = (
        "commitment__name", "commitment__kind", "meeting__title", "meeting__place", "meeting__format",
        "meeting__starts_earliest", "meeting__starts_latest",
        "roll_up__evidence_grade", "roll_up__one_sided",
    )  # fmt: skip
    rows = mention_rows(Mention.objects.published().filter(pk__in=[row.pk for row in page]), *more)
    found = {fact.pk: _mention(fact, tail, said.casefold()) for fact, tail in rows}
    return [found[row.pk] for row in page if row.pk in found]


def _mention(fact: MentionFact, tail: tuple[Any, ...], said: str) -> CodedMention:
    name, kind, title, place, form, first, last, evidence, one_sided = tail
    heard = [citation for citation in fact.citations if citation.reach == Reach.VOICED]
    return CodedMention(
        mention=fact,
        commitment=Named(fact.commitment, name),
        kind=CommitmentKind(kind),
        meeting=Named(fact.meeting, f"{place}: {title}" if place else title),
        format=Format(form),
        when=UncertainDate(first, last),
        head=_head([*heard, *fact.citations], said),
        voice=tuple(sorted({citation.party for citation in heard if citation.party})),
        both_sides=any(citation.both_sides for citation in heard),
        evidence=evidence or "",
        one_sided=bool(one_sided),
    )


def _head(citations: Sequence[CitationFact], said: str) -> CitationFact:
    """Return the citation that holds what was asked for, in its phrase rather than in our words; the first one where none does."""
    for words in ("phrase", "paraphrase"):
        for citation in citations:
            if said and said in getattr(citation, words).casefold():
                return citation
    return citations[0]


def coded_deadlines(page: Sequence[Any], as_of: date) -> list[CodedDeadline]:
    """Return the promises of ``page`` with their citations, in its order; one query. Nothing is overdue beyond the day a series was searched until."""
    more = ("commitment__name", "stated_at__title", is_overdue(as_of))
    rows = deadline_rows(Deadline.objects.published().filter(pk__in=[row.pk for row in page]), *more)
    found = {fact.pk: _deadline(fact, tail) for fact, tail in rows}
    return [found[row.pk] for row in page if row.pk in found]


def promised_again() -> Exists:
    """Return the column that says whether the same target was promised again later: then only the later promise can be overdue."""
    day = Coalesce("stated_at__starts_latest", "stated_latest")
    later = Deadline.objects.published().filter(commitment=OuterRef("commitment"), target=OuterRef("target")).annotate(day=day)
    return Exists(later.filter(day__gt=Coalesce(OuterRef("stated_at__starts_latest"), OuterRef("stated_latest"))))


def _deadline(fact: DeadlineFact, tail: tuple[Any, ...]) -> CodedDeadline:
    name, title, overdue = tail
    return CodedDeadline(fact, Named(fact.commitment, name), named(fact.stated_at, title), overdue=overdue)
