"""Sources as facts: which text each of them was copied from in the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tracker.history.facts import SourceFact
from tracker.models import Party, Source
from tracker.models.publication import span
from tracker.models.source import LONGEST_COPY_CHAIN
from tracker.vocabulary import Carried, Fidelity, SourceKind

from .columns import where_public

#: These are no copies: whoever publishes them made them.
OWN_TEXTS = frozenset({SourceKind.OFFICIAL, SourceKind.TRANSCRIPT, SourceKind.JOINT_TEXT})
_CHAIN = tuple("derived_from__" * links for links in range(LONGEST_COPY_CHAIN + 1))
_FACT_FIELDS = ("slug", "issued_by__slug", "fidelity", "published_earliest", "published_latest", "title", "publisher", "language")


class Document(NamedTuple):
    """One link of a copy chain. Slugs of what is not public are None; they never leave the database."""

    pk: int
    slug: str | None
    kind: str
    carried: str
    issuer_pk: int | None
    issuer: str | None

    def root(self) -> str | None:
        """Return a name for the text that starts here, or None where it is not known to start here.

        Releases of one party are one text: two papers that carry them prove no more than one does.
        """
        if self.kind == SourceKind.JOINT_TEXT:
            return self.name
        if self.issuer_pk and (self.kind in OWN_TEXTS or self.carried in {Carried.WHOLE, Carried.EXTRACT}):
            return f"release of {self.issuer or f'#{self.issuer_pk}'}"
        if self.kind in OWN_TEXTS or self.carried == Carried.OWN:
            return self.name
        return None

    @property
    def name(self) -> str:
        return self.slug or f"#{self.pk}"


def source_columns(prefix: str = "") -> list[Any]:
    """Return the columns from which ``source_fact`` builds the source under ``prefix``."""
    columns: list[Any] = [f"{prefix}{name}" for name in _FACT_FIELDS]
    for link in (f"{prefix}{chain}" for chain in _CHAIN):
        columns += [f"{link}pk", where_public(Source, link, "slug"), f"{link}kind", f"{link}carried"]
        columns += [f"{link}issued_by_id", where_public(Party, f"{link}issued_by__", "slug")]
    return columns


def source_fact(row: Sequence[Any]) -> SourceFact:
    """Return the source that the columns of ``source_columns`` hold."""
    slug, issuer, fidelity, earliest, latest, title, publisher, language = row[: len(_FACT_FIELDS)]
    links = row[len(_FACT_FIELDS) :]
    width = len(Document._fields)
    chain = [Document(*links[start : start + width]) for start in range(0, len(links), width) if links[start]]
    last = chain[-1]
    return SourceFact(
        slug=slug,
        kind=SourceKind(chain[0].kind),
        issued_by=issuer,
        carried=Carried(chain[0].carried),
        fidelity=Fidelity(fidelity),
        root=last.root(),
        joint=last.kind == SourceKind.JOINT_TEXT,
        published=span(earliest, latest),
        title=title,
        publisher=publisher,
        language=language,
    )


SOURCE_WIDTH = len(_FACT_FIELDS) + len(_CHAIN) * len(Document._fields)
