"""Text whose lines were broken to fit a page → one line for each paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import quantiles

_ENDS = re.compile(r"[.!?…:;»”\"')\]۔؟。]$")
_PAGE_NUMBER = re.compile(r"(?:(?:page|стр\.?|صفحہ)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?", re.IGNORECASE)


def unwrapped(text: str) -> str:
    """Return ``text`` with the lines of each paragraph joined, words broken at a line's end too.

    A paragraph ends at an empty line, with a sentence that ends in a short line, or with a head.
    """
    return "\n".join(_paragraphs(text.splitlines()))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    lengths = [len(line.strip()) for line in lines if line.strip()]
    full = quantiles(lengths, n=10)[7] if len(lengths) > 1 else 0
    open_line, last = "", ""
    for line in (line.strip() for line in lines):
        if not line or _PAGE_NUMBER.fullmatch(line):
            # The foot of a page parts no paragraph that goes on over it.
            if open_line and (_ENDS.search(open_line) or not line):
                yield open_line
                open_line = ""
            continue
        if open_line and _parts(last, line, full):
            yield open_line
            open_line = ""
        open_line, last = _joined(open_line, line), line
    if open_line:
        yield open_line


def _parts(last: str, line: str, full: float) -> bool:
    """Return whether a paragraph ends between two lines: after a sentence that ends short, or after a head, which is shorter and has no full stop."""
    if _ENDS.search(last):
        return len(last) < full * 0.85
    return len(last) < full * 0.6 and line[:1].isupper()


def _joined(start: str, line: str) -> str:
    if start.endswith(("-", "\u00ad")) and line[:1].islower():
        return start[:-1] + line
    return f"{start} {line}" if start else line
