"""What all drawn charts share: the frame, the time axis of whole years, round steps, fills that differ by more than colour, and the key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

WIDE, NARROW = 880, 350
#: Below this width a chart is drawn for a phone: labels stand over what they name.
ROOMY = 600
LETTER, KEY_LINE, SMALLEST_LABEL = 6.3, 20, 34
#: Fills of areas. The last three are patterns or outlines, so that print and colour-blind eyes keep them apart.
FILLS = ("voiced", "missing", "ink", "soft", "hatch", "dots", "hollow")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: what it looks like (an SVG of 14 by 12 units) and what it means."""

    swatch: str
    label: str


def frame(name: str, width: float, height: float, title: str, parts: Iterable[str], defs: str = "") -> str:
    """Return a whole drawing; its title stands under the id ``name``."""
    head = f'<svg class="drawn" viewBox="0 0 {width} {round(height, 1)}" role="img" aria-labelledby="{name}"><title id="{name}">{escape(title)}</title>'
    return "".join((head, defs, *parts, "</svg>"))


def patterns(name: str) -> str:
    """Return the two patterns of the drawing ``name``."""
    hatch = f'<pattern id="{name}-hatch" width="5" height="5" patternUnits="userSpaceOnUse"><path class="hatching" d="M-1 1 1-1M0 5 5 0M4 6 6 4"/></pattern>'
    dots = f'<pattern id="{name}-dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle class="fill-faint" cx="1.5" cy="1.5" r="0.8"/></pattern>'
    return f"<defs>{hatch}{dots}</defs>"


def block(name: str, fill: str, x: float, y: float, width: float, height: float, said: str = "") -> str:
    """Return a filled rectangle; ``said`` is told to those who point at it."""
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    title = f"<title>{escape(said)}</title>" if said else ""
    if fill in {"hatch", "dots"}:
        return f'<rect class="fill-{fill}" fill="url(#{name}-{fill})" {box}>{title}</rect>'
    return f'<rect class="fill-{fill}" {box}>{title}</rect>'


def words(kind: str, x: float, y: float, text: object) -> str:
    """Return a text: ``label`` ends at ``x``, ``middle`` stands over it, ``axis`` and ``name`` begin there."""
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(str(text))}</text>'


def key(entries: Sequence[Key], left: float, right: float, top: float) -> tuple[list[str], float]:
    """Return the key, set in lines from ``left`` to ``right``, and the place where the chart can go on. A long entry is broken."""
    parts, x, y, high = [], left, top, KEY_LINE
    for entry in entries:
        lines = broken(entry.label, int((right - left - 24) / LETTER))
        needed = 22 + max(map(len, lines), default=0) * LETTER
        if x > left and x + needed > right:
            x, y, high = left, y + high, KEY_LINE
        high = max(high, KEY_LINE + 14 * (len(lines) - 1))
        said = (words("axis", x + 20, y + 10 + 14 * place, line) for place, line in enumerate(lines))
        parts.append(f'<g transform="translate({x:.1f} {y:.1f})">{entry.swatch}</g>{"".join(said)}')
        x += needed + 16
    return parts, y + (high if entries else 0)


def broken(text: str, most: int) -> list[str]:
    """Return the text in lines of at most so many characters, no word broken."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def years_axis(places: Mapping[int, float], bottom: float, room: float) -> Iterator[str]:
    """Yield the labels of the years under their ``places``, each ``room`` wide: as many as can be read."""
    every = next((step for step in (1, 2, 5, 10, 20, 50) if room * step >= SMALLEST_LABEL), 100)
    first = min(places, default=0)
    for year, x in places.items():
        if (year - first) % every == 0:
            yield words("middle", x, bottom + 16, year)


def round_step(most: float, steps: int = 4) -> int:
    """Return a round number that divides an axis up to ``most`` into about so many ``steps``."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power * steps >= most:
                return step * power
        power *= 10


def shortened(text: str, room: float) -> str:
    """Return the text, cut to what fits into ``room`` units."""
    most = max(4, int(room / LETTER))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
