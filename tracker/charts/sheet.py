"""The matrix as a drawing that stands alone, from title to source, on one sheet of SVG. No script, no style, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

from .score import Year
from .shapes import BETWEEN, HAIR, INK, KNOWN, PAPER, RULE, SOFT, coloured

EDGE, NAMES, COLUMN, ROW, HEAD, STRIP, TITLE_ROW = 28, 318, 25, 25, 152, 16, 34
NUMBER, STAGE, INDENT = 74, 128, 16
SERIF, SANS = "Georgia, 'Noto Serif', serif", "'Helvetica Neue', Arial, 'Noto Sans', sans-serif"
LEGEND_ROW = 24
#: How wide a letter of the sheet is, as a share of its size: enough to cut and to flow by, where nothing can be measured.
LETTER = 0.5


@dataclass(frozen=True, slots=True)
class Head:
    """One column: its year band opens where ``opens``; ``read`` says that it is tinted."""

    place: str
    day: str
    level: str
    reading: str
    opens: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row; ``marks`` holds for each column, and for the last one if there is a tail, the names of what is drawn there."""

    name: str
    depth: int
    bold: bool
    marks: Sequence[Sequence[str]]
    numbers: Sequence[str]
    stage: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the sheet in words. ``tail`` is the head of what came after the last column, or empty."""

    title: str
    about: Sequence[str]
    years: Sequence[Year]
    heads: Sequence[Head]
    tail: str
    corner: str
    numbers: Sequence[str]
    stage: str
    blocks: Sequence[tuple[str, Sequence[Line]]]
    legend: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    source: Sequence[str]
    language: str = "en"

    @property
    def columns(self) -> int:
        return len(self.heads) + bool(self.tail)

    @property
    def right(self) -> float:
        """Return where the columns end and the numbers begin."""
        return EDGE + NAMES + self.columns * COLUMN

    @property
    def width(self) -> float:
        return max(960, self.right + len(self.numbers) * NUMBER + STAGE + EDGE)


def drawn(sheet: Sheet) -> str:
    """Return the sheet as SVG."""
    top = EDGE + 34 + 19 * len(sheet.about) + 26
    rows_top = top + 22 + HEAD + STRIP
    body, bottom = _rows(sheet, rows_top)
    foot, height = _foot(sheet, bottom + 30)
    used = {name for _title, lines in sheet.blocks for line in lines for marks in line.marks for name in marks}
    used |= {head.reading for head in sheet.heads} | {name for _lead, entries in sheet.legend for name, _text in entries}
    size = f'width="{ceil(sheet.width)}" height="{ceil(height)}" viewBox="0 0 {ceil(sheet.width)} {ceil(height)}"'
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} xml:lang="{escape(sheet.language)}" role="img" aria-labelledby="title about">',
            f'<title id="title">{escape(sheet.title)}</title><desc id="about">{escape(" ".join((*sheet.about, *sheet.source)))}</desc>',
            f"<defs>{coloured(used)}</defs>",
            f'<rect width="100%" height="100%" fill="{PAPER}"/><g font-family="{SANS}" font-size="12.5" fill="{INK}">',
            *_opening(sheet),
            *_tints(sheet, rows_top, bottom),
            *_bands(sheet, top, bottom),
            *_heads(sheet, top + 22),
            *body,
            *foot,
            "</g></svg>\n",
        )
    )


def text(x: float, y: float, said: str, **more: object) -> str:
    """Return one line of text; attributes are named with underscores for hyphens."""
    attributes = "".join(f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in more.items())
    return f'<text x="{x:g}" y="{y:g}"{attributes}>{escape(said)}</text>'


def cut(said: str, width: float, size: float) -> str:
    """Return the text as far as it has room."""
    room = int(width / (size * LETTER))
    return said if len(said) <= room else f"{said[: room - 1].rstrip()}…"


def _opening(sheet: Sheet) -> Iterator[str]:
    yield text(EDGE, EDGE + 24, sheet.title, font_family=SERIF, font_size=26, font_weight=600)
    for number, said in enumerate(sheet.about):
        yield text(EDGE, EDGE + 50 + 19 * number, said, fill=SOFT)


def _tints(sheet: Sheet, top: float, bottom: float) -> Iterator[str]:
    for place, head in enumerate(sheet.heads):
        if head.read:
            yield f'<rect x="{_x(place):g}" y="{top - STRIP:g}" width="{COLUMN}" height="{bottom - top + STRIP:g}" fill="{KNOWN}"/>'


def _bands(sheet: Sheet, top: float, bottom: float) -> Iterator[str]:
    place = 0
    for year in sheet.years:
        yield f'<path d="M{_x(place):g} {top:g}V{bottom:g}" stroke="{RULE}"/>'
        size = 12.5 if year.span > 1 else 9.5
        yield text(_x(place) + 3, top + 14, year.label, font_weight=600, font_size=size)
        place += year.span


def _heads(sheet: Sheet, top: float) -> Iterator[str]:
    low = top + HEAD - 5
    yield text(EDGE, low, sheet.corner, fill=SOFT)
    for place, head in enumerate(sheet.heads):
        day = f'<tspan font-weight="400"> {escape(head.day)}</tspan>' if head.day else ""
        at = f'transform="translate({_x(place) + 11:g} {low:g})rotate(-90)" font-size="11"'
        yield f'<text {at} font-weight="600">{escape(head.place)}{day}<tspan x="0" y="11" font-weight="400" fill="{SOFT}">{escape(head.level)}</tspan></text>'
        yield f'<use href="#{head.reading}" x="{_x(place) + 0.5:g}" y="{top + HEAD + 2:g}"/>'
    if sheet.tail:
        yield f'<text transform="translate({_x(len(sheet.heads)) + 16:g} {low:g})rotate(-90)" font-size="11" fill="{SOFT}">{escape(sheet.tail)}</text>'
    for number, label in enumerate(sheet.numbers):
        yield from _stacked(sheet.right + (number + 1) * NUMBER, low, label, "end")
    yield from _stacked(_stage_x(sheet), low, sheet.stage, "start")
    yield f'<path d="M{EDGE} {top + HEAD + STRIP:g}H{sheet.width - EDGE:g}" stroke="{RULE}"/>'


def _stacked(x: float, low: float, label: str, anchor: str) -> Iterator[str]:
    """Yield a label in lines as narrow as a column of numbers, the last at the bottom."""
    lines = [""]
    for word in label.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) * 11 * LETTER <= NUMBER - 8 or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    for number, line in enumerate(reversed(lines)):
        yield text(x, low - 13 * number, line, font_size=11, fill=SOFT, text_anchor=anchor)


def _rows(sheet: Sheet, top: float) -> tuple[list[str], float]:
    """Return the rows, and where they end."""
    parts: list[str] = []
    for title, lines in sheet.blocks:
        if title:
            parts.append(text(EDGE, top + TITLE_ROW - 9, title, fill=SOFT))
            top += TITLE_ROW
        for line in lines:
            parts.extend(_row(sheet, line, top))
            top += ROW
    return parts, top


def _row(sheet: Sheet, line: Line, top: float) -> Iterator[str]:
    base, indent = top + 17, line.depth * INDENT
    weight = {"font_weight": 600} if line.bold else {}
    yield text(EDGE + indent, base, cut(line.name, NAMES - indent - 10, 12.5), **weight)
    yield f'<g transform="translate({EDGE + NAMES} {top + 0.5:g})">'
    for place, marks in enumerate(line.marks):
        for mark in marks:
            yield f'<use href="#{mark}" x="{place * COLUMN + 0.5:g}"/>'
    yield "</g>"
    for number, said in enumerate(line.numbers):
        if said:
            yield text(sheet.right + (number + 1) * NUMBER, base, said, text_anchor="end")
    if line.stage:
        yield text(_stage_x(sheet), base, line.stage)
    yield f'<path d="M{EDGE} {top + ROW:g}H{sheet.width - EDGE:g}" stroke="{HAIR}"/>'


def _foot(sheet: Sheet, top: float) -> tuple[list[str], float]:
    """Return the legend and the source, and where they end."""
    parts: list[str] = []
    for lead, entries in sheet.legend:
        x: float = EDGE
        if lead:
            parts.append(text(x, top + 16, lead, fill=SOFT))
            top += LEGEND_ROW
        for mark, said in entries:
            wide = 34 + len(said) * 12.5 * LETTER + 22
            if x + wide > sheet.width - EDGE and x > EDGE:
                x, top = EDGE, top + LEGEND_ROW
            high = 5 if mark.startswith("r") else 0
            under = f'<use href="#u" x="{x:g}" y="{top:g}"/>' if mark in BETWEEN else ""
            parts.append(under + f'<use href="#{mark}" x="{x:g}" y="{top + high:g}"/>' + text(x + 31, top + 16, said))
            x += wide
        top += LEGEND_ROW + 6
    top += 6
    for said in sheet.source:
        parts.append(text(EDGE, top + 14, said, fill=SOFT))
        top += 19
    return parts, top + EDGE - 8


def _x(place: int) -> float:
    return EDGE + NAMES + place * COLUMN


def _stage_x(sheet: Sheet) -> float:
    return sheet.right + len(sheet.numbers) * NUMBER + 18
