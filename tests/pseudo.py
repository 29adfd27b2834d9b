"""A language that does not exist: every text that goes through gettext comes out as ⟦text⟧, so that what does not can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from xml.etree.ElementTree import Element

from django.apps import apps
from django.db import models
from django.utils import translation
from django.utils.translation import trans_real

from tests.markup import Document

LANGUAGE = "en-xa"
OPENING, CLOSING = "⟦", "⟧"
#: Attributes that a reader sees or hears.
SPOKEN = ("alt", "aria-label", "content", "label", "placeholder", "title")
#: Elements that are no interface text: names in files, letters of a formula, what only programs read.
NOT_SPOKEN = {"code", "script", "style", "var"}
#: Called so in every language; the last is the tag of one, shown as an example.
FORMATS = ("BibTeX", "RIS", "CSL-JSON", "CSV", "JSON", "JSONL", "XLSX", "SVG", "PNG", "Markdown", "Atom", "iCalendar", "CC BY 4.0", "ru")
_MARKED = re.compile(f"{OPENING}[^{OPENING}{CLOSING}]*{CLOSING}")
_WORD = re.compile(rf"[^\W\d_]{{2,}}|[{OPENING}{CLOSING}]")


class Marks(NullTranslations):
    """A catalogue in which each message is its own translation, between marks."""

    def gettext(self, message: str) -> str:
        return f"{OPENING}{message}{CLOSING}" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message.rpartition(trans_real.CONTEXT_SEPARATOR)[2])

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        return self.ngettext(msgid1, msgid2, n)

    def language(self) -> str:
        return LANGUAGE

    def to_language(self) -> str:
        return LANGUAGE


@contextmanager
def marked() -> Iterator[None]:
    """Speak the language of marks for as long as the context lasts."""
    trans_real._translations[LANGUAGE] = Marks()  # type: ignore[attr-defined]
    try:
        with translation.override(LANGUAGE):
            yield
    finally:
        del trans_real._translations[LANGUAGE]  # type: ignore[attr-defined]


def data(*more: str) -> re.Pattern[str]:
    """Return what finds the texts of all records in the database, longest first: names, titles, wordings, places, slugs; and ``more``, which a reader typed."""
    found: set[str] = {*FORMATS, *more}
    for model in apps.get_app_config("tracker").get_models():
        fields = [field.attname for field in model._meta.concrete_fields if isinstance(field, models.CharField | models.TextField)]
        found |= {str(text) for row in model._default_manager.values_list(*fields) for text in row if text} if fields else set()
    words = sorted((text for text in found if _WORD.search(text)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)


def unmarked(body: bytes, of_records: re.Pattern[str]) -> list[str]:
    """Return the texts of a page that a reader sees or hears, and that neither a catalogue nor a record could have given."""
    page = Document(body)
    root = page.every("html")[0]
    pieces = ["".join(_texts(root)), *_attributes(root)]
    return [line for piece in pieces for line in _left(piece, of_records)]


def _left(piece: str, of_records: re.Pattern[str]) -> Iterable[str]:
    while (without := _MARKED.sub(" ", piece)) != piece:
        piece = without
    return (line.strip() for line in piece.splitlines() if _WORD.search(of_records.sub("", line)))


def _is_spoken(one: Element) -> bool:
    return isinstance(one.tag, str) and one.tag.rpartition("}")[2] not in NOT_SPOKEN and one.attrib.get("translate") != "no"


def _texts(one: Element) -> Iterator[str]:
    """Yield the text nodes of what is interface: not of names in files, and not of what is marked as another language's."""
    # A name found by a search is cut into pieces by its marks.
    between = "" if one.tag == "mark" else "\n"
    yield between
    if _is_spoken(one) and one.attrib.get("lang", LANGUAGE) == LANGUAGE:
        yield one.text or ""
        for child in one:
            yield from _texts(child)
            yield child.tail or ""
    yield between


def _attributes(root: Element) -> Iterator[str]:
    for one in root.iter():
        if _is_spoken(one):
            named = one.attrib.get("name") not in {"viewport", "color-scheme", "htmx-config", "twitter:card"}
            named &= one.attrib.get("property") not in {"og:type", "og:url", "og:image", "og:image:width", "og:image:height"}
            yield from (one.attrib[name] for name in SPOKEN if name in one.attrib and named)
