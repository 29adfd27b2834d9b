"""Whether each citation's phrase stands in its source's text, at its locator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tracker.evidence import LocatorError, lines, lines_with, parse_locator, stands_at
from tracker.models import Citation, Source

from .fields import label
from .problems import shown
from .reading import documents_by_checksum

VERIFIED, NO_PHRASE, NO_TEXT, NOT_FOUND = "verified", "no_phrase", "no_text", "not_found"
VERDICTS = (VERIFIED, NO_PHRASE, NO_TEXT, NOT_FOUND)

_OWNERS = {
    "mention": ("mention__commitment__slug", "mention__meeting__slug"),
    "milestone": ("milestone__commitment__slug", "milestone__key"),
    "deadline": ("deadline__commitment__slug", "deadline__key"),
}


@dataclass(frozen=True, slots=True, order=True)
class Verdict:
    """What was found for one citation: ``verdict`` is one of ``VERDICTS``; for one not found the reason, and the lines where the phrase does stand."""

    record: str
    key: str
    source: str
    locator: str
    phrase: str
    verdict: str
    reason: str = ""
    elsewhere: tuple[int, ...] = ()

    def __str__(self) -> str:
        where = f"{self.record}, {label('citation', (self.key,))}: {self.source} at {self.locator or 'any line'}"
        about = [part for part in (shown(self.phrase) if self.phrase else "", self.reason) if part]
        return ": ".join([self.verdict.replace("_", " "), where, *about])

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON writes it."""
        return asdict(self)


def verdicts(folder: Path | None) -> list[Verdict]:
    """Return a verdict for every citation of the database, sorted by record. Texts come from the database, else from files of ``folder`` by checksum."""
    texts = _texts(folder)
    found: list[Verdict] = []
    for kind, lookups in _OWNERS.items():
        rows = Citation.objects.filter(**{f"{kind}__isnull": False}).values_list(*lookups, "key", "source__slug", "locator", "phrase")
        for first, second, key, source, locator, phrase in rows.iterator():
            found.append(Verdict(label(kind, (first, second)), key, source, locator, phrase, *_verdict(texts.get(source), locator, phrase)))
    return sorted(found)


def not_found() -> Iterator[Verdict]:
    """Yield the verdicts on citations of the database that are not found in the texts it keeps itself. One text is in memory at a time."""
    for source, text in Source.objects.exclude(text="").order_by("slug").values_list("slug", "text").iterator(chunk_size=1):
        for kind, lookups in _OWNERS.items():
            rows = Citation.objects.filter(source__slug=source, **{f"{kind}__isnull": False}).order_by("pk")
            for first, second, key, locator, phrase in rows.values_list(*lookups, "key", "locator", "phrase").iterator():
                verdict = _verdict(text, locator, phrase)
                if verdict[0] == NOT_FOUND:
                    yield Verdict(label(kind, (first, second)), key, source, locator, phrase, *verdict)


def totals(found: Iterable[Verdict]) -> dict[str, int]:
    """Return how many citations met each verdict."""
    number = Counter(verdict.verdict for verdict in found)
    return {verdict: number[verdict] for verdict in VERDICTS}


def _texts(folder: Path | None) -> Mapping[str, str]:
    kept: dict[str, str] = dict(Source.objects.exclude(text="").values_list("slug", "text"))
    if folder:
        digests: dict[str, str] = dict(Source.objects.filter(text="").exclude(text_sha256="").values_list("slug", "text_sha256"))
        found = documents_by_checksum(folder, set(digests.values()))
        kept |= {slug: found[digest] for slug, digest in digests.items() if digest in found}
    return kept


def _verdict(text: str | None, locator: str, phrase: str) -> tuple[str, str, tuple[int, ...]]:
    """Return the verdict, the reason where there is one, and where else the phrase stands."""
    if text is None:
        return NO_TEXT, "", ()
    try:
        beyond = locator != "" and max(parse_locator(locator)) > len(lines(text))
    except LocatorError as error:
        return NOT_FOUND, str(error), ()
    if beyond:
        return NOT_FOUND, f"the document has {len(lines(text))} lines", ()
    if not phrase:
        return NO_PHRASE, "", ()
    if stands_at(text, locator, phrase):
        return VERIFIED, "", ()
    elsewhere = tuple(lines_with(text, phrase))
    reason = f"it stands in line {', '.join(map(str, elsewhere[:5]))}" if elsewhere else "it stands nowhere in the text"
    return NOT_FOUND, reason, elsewhere
