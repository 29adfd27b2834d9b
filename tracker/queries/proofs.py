"""Citations as facts, read together with the record they prove: one row per citation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from tracker.history.facts import CitationFact, SourceFact
from tracker.models import Participant, Party, Source
from tracker.vocabulary import Act, Proves, Reach, Strength, Term

from .columns import where_public
from .documents import SOURCE_WIDTH, source_columns, source_fact

_FIELDS = ("pk", "key", "locator", "both_sides", "phrase", "paraphrase", "reach", "act", "strength", "terms", "proves", "note")


def proof_columns(prefix: str = "citations__") -> list[Any]:
    """Return the columns from which ``citation_fact`` builds the citation under ``prefix``."""
    return [
        *(f"{prefix}{name}" for name in _FIELDS),
        where_public(Participant, f"{prefix}speaker__", "slug"),
        where_public(Participant, f"{prefix}speaker__", "name"),
        where_public(Party, f"{prefix}party__", "slug"),
        where_public(Source, f"{prefix}source__", "pk"),
        *source_columns(f"{prefix}source__"),
    ]


PROOF_WIDTH = len(_FIELDS) + 4 + SOURCE_WIDTH


def citation_fact(row: Sequence[Any], sources: dict[int, SourceFact]) -> CitationFact | None:
    """Return the citation in ``row``, or None where there is none or its source is not public. ``sources`` keeps what was built."""
    pk, key, locator, both, phrase, paraphrase, reach, act, strength, terms, proves, note, speaker, speaker_name, party, source = row[:16]
    if pk is None or source is None:
        return None
    if source not in sources:
        sources[source] = source_fact(row[16:])
    return CitationFact(
        key=key,
        source=sources[source],
        locator=locator,
        speaker=speaker,
        speaker_name=speaker_name or "",
        party=party,
        both_sides=both,
        phrase=phrase,
        paraphrase=paraphrase,
        reach=Reach(reach) if reach else None,
        act=Act(act) if act else None,
        strength=None if strength is None else Strength(strength),
        terms=tuple(Term(term) for term in terms.split(",")) if terms else (),
        proves=Proves(proves) if proves else None,
        note=note,
        pk=pk,
    )


def with_proofs(
    records: QuerySet[Any], fields: Sequence[Any], sources: dict[int, SourceFact] | None = None
) -> Iterator[tuple[tuple[Any, ...], tuple[CitationFact, ...]]]:
    """Yield ``fields`` of each of ``records`` (the key first) with its public citations, in one query."""
    known = {} if sources is None else sources
    rows = records.order_by("pk", "citations__key", "citations__pk").values_list(*fields, *proof_columns())
    width = len(fields)
    for _pk, group in groupby(rows.iterator(chunk_size=2000), key=lambda row: row[0]):
        same = list(group)
        facts = (citation_fact(row[width:], known) for row in same)
        yield same[0][:width], tuple(fact for fact in facts if fact)
