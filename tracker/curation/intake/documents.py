"""A file or a pasted text → its lines, within limits. What can't be read is refused with a sentence for the editor."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import PurePath

import trafilatura
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader

from tracker.evidence import checksum

from .wrapped import unwrapped

#: A long speech has some 60,000 characters; more is a book, and no form in a browser holds it well.
LONGEST_TEXT = 300_000
LARGEST_FILE = 10_000_000
#: The pages of large papers have some 5,000 tags. What has many more is slow to read for nothing.
MOST_TAGS = 60_000
MOST_PAGES = 80

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_HTML_LANGUAGE = re.compile(r"<html[^>]{0,500}\blang=[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


class UnreadableError(ValueError):
    """The document can't be taken in; the message is a sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says, and what it says of itself."""

    lines: tuple[str, ...]
    title: str = ""
    publisher: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    #: The checksum of the file as it came: a document that is known by its file is known again.
    digest: str = ""


def read_pasted(text: str) -> Document:
    """Return a pasted text as a document."""
    return Document(_lines(text))


def read_file(name: str, content: bytes) -> Document:
    """Return what a ``.txt``, ``.html`` or ``.pdf`` file says; raise ``UnreadableError`` if that is nothing, or too much."""
    ending = PurePath(name).suffix.lower()
    if ending not in _READERS:
        raise UnreadableError(_("Only .txt, .html and .pdf files can be taken in. Or paste the text."))
    if len(content) > LARGEST_FILE:
        raise UnreadableError(_("The file is larger than 10 MB. Paste the text of the article."))
    if not content.strip():
        raise UnreadableError(_("The file is empty."))
    return _READERS[ending](content)


def _lines(text: str) -> tuple[str, ...]:
    if len(text) > LONGEST_TEXT:
        raise UnreadableError(_("The text has more than 300,000 characters. Take in the part that reports the meeting."))
    found = tuple(" ".join(_UNPRINTABLE.sub(" ", line).split()) for line in text.splitlines())
    kept = tuple(line for line in found if line)
    if not kept:
        raise UnreadableError(_("There is no text in it."))
    return kept


def _decoded(content: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _by(name, content)
    return _by("utf-8", content)


def _by(encoding: str, content: bytes) -> str:
    try:
        text = content.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableError(_("The letters of this file can't be read: save it as UTF-8, or paste the text.")) from error
    if "\x00" in text:
        raise UnreadableError(_("This is no text: the file holds characters that no text has."))
    return text


def _plain(content: bytes) -> Document:
    return Document(_lines(_decoded(content)), digest=checksum(content))


def _html(content: bytes) -> Document:
    declared = _DECLARED.search(content[:4000])
    page = _by(declared[1].decode("ascii"), content) if declared and not content.startswith(codecs.BOM_UTF8) else _decoded(content)
    if content.count(b"<") > MOST_TAGS:
        raise UnreadableError(_("The page is too large to be taken apart. Paste the text of the article."))
    found = _extracted(page)
    language = _HTML_LANGUAGE.search(page[:4000])
    return Document(
        _lines(found.text or ""),
        title=" ".join((found.title or "").split())[:400],
        publisher=" ".join((found.sitename or "").split())[:200],
        published=_day(found.date),
        language=language[1].lower() if language else "",
        url=address if (address := found.url or "").startswith(("http://", "https://")) else "",
        digest=checksum(content),
    )


def _extracted(page: str) -> trafilatura.settings.Document:
    try:
        found = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_images=False, deduplicate=False)
    except Exception as error:
        raise UnreadableError(_("This page can't be read. Paste the text of the article.")) from error
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise UnreadableError(_("No article was found in this page. Paste the text of the article."))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _pdf(content: bytes) -> Document:
    # The reader tells each flaw of a file in the log; the editor is told once whether it could be read.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        text, title = _pages(content)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(_("This PDF is broken or locked. Open it and paste the text.")) from error
    if not text.strip():
        raise UnreadableError(_("This PDF holds pictures of pages and no text. Paste the text, or take in another copy."))
    return Document(_lines(unwrapped(text)), title=title, digest=checksum(content))


def _pages(content: bytes) -> tuple[str, str]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError(_("This PDF is locked with a password. Open it and paste the text."))
    if len(reader.pages) > MOST_PAGES:
        raise UnreadableError(_("This PDF has more than 80 pages. Paste the part that reports the meeting."))
    parts: list[str] = []
    for page in reader.pages:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > LONGEST_TEXT:
            break
    named = reader.metadata.title if reader.metadata else ""
    return "\n\n".join(parts), " ".join(str(named or "").split())[:400]


_READERS: Mapping[str, Callable[[bytes], Document]] = {".txt": _plain, ".html": _html, ".htm": _html, ".pdf": _pdf}
