"""Text whose lines were broken to fit a page → one line for each paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import quantiles

_ENDS = re.compile(r"[.!?…:;»”\"')\]۔؟。]$")
_PAGE_NUMBER = re.compile(r"(?:(?:page|стр\.?|صفحہ)\s*)?\d{1,4}(?:\s*(?:/|of|из)\s*\d{1,4})?", re.IGNORECASE)


def unwrapped(text: str) -> str:
    """Return ``text`` with the lines of each paragraph joined, words broken at a line's end too.

    A paragraph ends at an empty line, or with a sentence that ends in a short line.
    """
    return "\n".join(_paragraphs(text.splitlines()))


def _paragraphs(lines: list[str]) -> Iterator[str]:
    lengths = [len(line.strip()) for line in lines if line.strip()]
    full = quantiles(lengths, n=10)[7] if len(lengths) > 1 else 0
    open_line = ""
    for line in (line.strip() for line in lines):
        if not line or _PAGE_NUMBER.fullmatch(line):
            # The foot of a page parts no paragraph that goes on over it.
            if open_line and (_ENDS.search(open_line) or not line):
                yield open_line
                open_line = ""
            continue
        open_line = _joined(open_line, line)
        if _ENDS.search(line) and len(line) < full * 0.85:
            yield open_line
            open_line = ""
    if open_line:
        yield open_line


def _joined(start: str, line: str) -> str:
    if start.endswith(("-", "\u00ad")) and line[:1].islower():
        return start[:-1] + line
    return f"{start} {line}" if start else line
