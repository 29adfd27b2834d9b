"""A chart as a file of its own: the classes of the page's sheet become attributes, with a title above and the source below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from textwrap import wrap

from .ladder import Drawing
from .shapes import HAIR, INK, MISSING, SOFT, VOICED
from .standalone import PAPER

HEAD, FOOT, MARGIN, LINE = 46, 12, 14, 15
_SANS = 'font-family="Noto Sans, Helvetica Neue, Arial, sans-serif"'
_SMALL = f'{_SANS} font-size="12"'
#: What the sheet of the site says of each class, in the colours of paper. No script and no sheet: it opens anywhere.
LOOKS: Mapping[str, str] = {
    "grid": f'stroke="{HAIR}"',
    "axis": f'{_SMALL} fill="{SOFT}"',
    "label": f'{_SMALL} fill="{SOFT}" text-anchor="end"',
    "reached": f'{_SMALL} fill="{INK}" text-anchor="end"',
    "rung": f'stroke="{HAIR}" stroke-dasharray="1 4"',
    "lane": f'stroke="{HAIR}"',
    "stair": f'fill="none" stroke="{INK}" stroke-width="2.5" stroke-linejoin="round"',
    "accepted": f'fill="{INK}" stroke="{INK}" stroke-width="1.5"',
    "claimed": f'fill="{PAPER}" stroke="{INK}" stroke-width="1.5"',
    "voiced": f'fill="{VOICED}" stroke="{PAPER}"',
    "uncounted": f'fill="{PAPER}" stroke="{SOFT}" stroke-width="1.5"',
    "said": f'stroke="{VOICED}" stroke-width="2"',
    "unsaid": f'stroke="{SOFT}" stroke-width="1.5" stroke-dasharray="2 2"',
    "band": f'fill="{HAIR}" stroke="{SOFT}"',
    "supposed": f'fill="none" stroke="{SOFT}" stroke-dasharray="3 3"',
    "banded": f'{_SMALL} fill="{INK}"',
    "banded ending": f'{_SMALL} fill="{INK}" text-anchor="end"',
    "renamed": f'stroke="{INK}" stroke-width="2"',
    "read": f'fill="{INK}"',
    "unread": f'fill="none" stroke="{SOFT}"',
    "term": f'stroke="{SOFT}" stroke-width="1.25"',
    "stated": f'fill="{SOFT}"',
    "due": f'stroke="{SOFT}" stroke-width="2"',
    "missed": f'stroke="{MISSING}" stroke-width="3"',
    "slip": f'fill="none" stroke="{MISSING}" stroke-width="1.5"',
    "drawn-in": f'fill="none" stroke="{SOFT}" stroke-width="1.5"',
}
_CLASS = re.compile(r'class="([a-z -]+)"')


def standalone(drawing: Drawing, title: str, as_of: str, notes: tuple[str, ...]) -> str:
    """Return the chart as a document: ``title`` and ``as_of`` above, ``notes`` (what the marks mean, the source) below, without classes or scripts."""
    lines = [line for note in notes for line in wrap(note, (drawing.width - 2 * MARGIN) // 6)]
    height = HEAD + drawing.height + FOOT + len(lines) * LINE + MARGIN
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {height}" width="{drawing.width}" height="{height}" role="img">',
            f"<title>{escape(title)}. {escape(as_of)}</title>",
            f'<rect width="{drawing.width}" height="{height}" fill="{PAPER}"/>',
            f'<text x="{MARGIN}" y="24" {_SANS} font-size="16" font-weight="600" fill="{INK}">{escape(title)}</text>',
            f'<text x="{MARGIN}" y="40" {_SMALL} fill="{SOFT}">{escape(as_of)}</text>',
            f'<g transform="translate(0 {HEAD})">',
            _CLASS.sub(lambda found: LOOKS[found[1]], "".join(drawing.parts)),
            "</g>",
            *_below(lines, HEAD + drawing.height + FOOT),
            "</svg>\n",
        )
    )


def _below(lines: list[str], top: float) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f'<text x="{MARGIN}" y="{top + place * LINE + LINE / 2}" {_SMALL} fill="{SOFT}">{escape(line)}</text>'
