"""A page as a strict parser reads it: parse errors are refused, and ids, headings, links and drawings can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib

#: What gives a drawing its text, on the drawing itself or on the link that holds it alone.
NAMING = ("aria-label", "aria-labelledby")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Document:
    """One parsed page."""

    def __init__(self, body: bytes) -> None:
        parser: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(body, transport_encoding="utf-8")
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def every(self, *names: str) -> list[Element]:
        return [one for one in self.root.iter() if isinstance(one.tag, str) and _local(one) in names]

    @property
    def ids(self) -> list[str]:
        return [one.attrib["id"] for one in self.root.iter() if "id" in one.attrib]

    @property
    def levels(self) -> list[int]:
        """Return the levels of the headings in the order of the page."""
        return [HEADINGS.index(_local(one)) + 1 for one in self.every(*HEADINGS)]

    def references(self) -> Iterator[str]:
        """Yield every id that the page refers to within itself: names, descriptions, labels, marks."""
        for one in self.root.iter():
            for attribute in ("aria-labelledby", "aria-describedby", "for", "headers"):
                yield from one.attrib.get(attribute, "").split()
            if isinstance(one.tag, str) and _local(one) == "use":
                yield one.attrib["href"].removeprefix("#")

    def unnamed_drawings(self) -> list[str]:
        """Return the images and drawings that have no text alternative and are not marked as decoration."""
        return [_shown(one) for one in self.every("img", "svg") if not self._is_named(one)]

    def _is_named(self, one: Element) -> bool:
        if one.attrib.get("aria-hidden") == "true":
            return True
        if _local(one) == "img":
            return "alt" in one.attrib
        if one.attrib.get("role") == "img":
            return any(one.attrib.get(name) for name in NAMING)
        holder = self.parents[one]
        return _local(holder) == "a" and any(holder.attrib.get(name) for name in NAMING)


def _local(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _shown(one: Element) -> str:
    return f"<{_local(one)} {' '.join(f'{name}={value}' for name, value in one.attrib.items())}>"
