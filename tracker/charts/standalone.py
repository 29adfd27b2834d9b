"""A drawing as a file of its own: what the page's sheet would say of each class stands on the shapes themselves, because files carry no sheet."""

from __future__ import annotations

import re

from .plot import broken
from .shapes import HAIR, INK, MISSING, SOFT, VOICED

#: Charts stand on white; the sheet of a matrix on the ground of the page.
PAPER = "#ffffff"
_LINE = 'fill="none" '
#: For each class of a drawing what it looks like on white paper. The sheet says the same for the page, light and dark.
LOOKS = {
    "fill-voiced": f'fill="{VOICED}"',
    "fill-missing": f'fill="{MISSING}"',
    "fill-ink": f'fill="{INK}"',
    "fill-soft": 'fill="#9a958a"',
    "fill-faint": f'fill="{SOFT}"',
    "fill-hatch": f'stroke="{INK}" stroke-width="0.75"',
    "fill-dots": f'stroke="{INK}" stroke-width="0.75"',
    "fill-hollow": f'fill="{PAPER}" stroke="{SOFT}" stroke-width="1"',
    "hatching": f'{_LINE}stroke="{INK}" stroke-width="1.6"',
    "grid": f'{_LINE}stroke="{HAIR}"',
    "rule": f'{_LINE}stroke="{SOFT}"',
    "axis": f'fill="{SOFT}"',
    "small": 'font-size="11"',
    "total": f'fill="{INK}"',
    "middle": f'fill="{SOFT}" text-anchor="middle"',
    "label": f'fill="{SOFT}" text-anchor="end"',
    "reached": f'fill="{INK}"',
    "name": f'fill="{INK}"',
    "heading": f'fill="{INK}" font-weight="600" font-size="14"',
    "span": f'{_LINE}stroke="{VOICED}" stroke-width="2"',
    "works": f'{_LINE}stroke="{INK}" stroke-width="4"',
    "stair": f'{_LINE}stroke="{INK}" stroke-width="2.5" stroke-linejoin="round"',
    "milestone": f'fill="{INK}" stroke="{INK}" stroke-width="1.5"',
    "claimed": f'fill="{PAPER}"',
    "voiced": f'fill="{VOICED}" stroke="{PAPER}"',
    "ring": f'{_LINE}stroke="{VOICED}" stroke-width="1.5"',
    "uncounted": f'fill="{PAPER}" stroke="{SOFT}" stroke-width="1.5"',
    "said": f'{_LINE}stroke="{VOICED}" stroke-width="2"',
    "moved": f'{_LINE}stroke="{INK}" stroke-width="2" stroke-linecap="round"',
    "echo": f'fill="{PAPER}" stroke="{MISSING}" stroke-width="1.4"',
    "faint": f'{_LINE}stroke="{SOFT}" stroke-width="1.2"',
    "term": f'{_LINE}stroke="{SOFT}" stroke-width="1.25"',
    "due": f'{_LINE}stroke="{SOFT}" stroke-width="2"',
    "missed": f'{_LINE}stroke="{MISSING}" stroke-width="3"',
}
_CLASS = re.compile(r' class="([\w -]+)"')
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HEAD = re.compile(r'<svg class="drawn" viewBox="0 0 ([\d.]+) ([\d.]+)"')
MARGIN, CAPTION = 16, 22
FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def stand_alone(drawing: str, caption: str, origin: str) -> str:
    """Return ``drawing`` (from ``plot.frame``) as an SVG file on white paper, ``caption`` over it and ``origin`` under it. Both are escaped already."""
    head = _HEAD.match(drawing)
    if head is None:
        raise ValueError("only what plot.frame drew can stand alone")
    width, height = float(head[1]), float(head[2])
    lines = broken(caption, int(width / 7.4))
    top = MARGIN + CAPTION * len(lines)
    whole = f"{-MARGIN} {-top} {width + 2 * MARGIN:g} {height + top + MARGIN + CAPTION:g}"
    inside = _CLASS.sub(_looks, drawing[head.end() :].removesuffix("</svg>"))
    said = "".join(
        f'<text y="{-top + MARGIN + CAPTION * place + 6:g}" fill="{INK}" font-size="15" font-weight="600">{line}</text>' for place, line in enumerate(lines)
    )
    start, rest = inside.split("</title>", 1)
    paper = f'<rect x="{-MARGIN}" y="{-top}" width="100%" height="100%" fill="{PAPER}"/>'
    size = f'width="{width + 2 * MARGIN:g}" height="{height + top + MARGIN + CAPTION:g}"'
    body = f'{paper}{said}{rest}<text y="{height + CAPTION:g}" fill="{SOFT}" font-size="11">{origin}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{whole}" {size} font-family="{FONT}" font-size="12"{start}</title>{body}</svg>\n'


def _looks(found: re.Match[str]) -> str:
    """Return the attributes of all classes named, the later class having the last word."""
    looks: dict[str, str] = {}
    for name in found[1].split():
        looks |= dict(_ATTRIBUTE.findall(LOOKS[name]))
    return "".join(f' {name}="{value}"' for name, value in looks.items())
