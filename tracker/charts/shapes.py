"""The shapes of all marks, drawn once: for the sprite of a page, whose sheet colours them, and for drawings that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_DISC = '<circle class="f-voiced" cx="12" cy="13" r="6"/>'
_RING = '<circle class="s-voiced" cx="12" cy="13" r="8.3" stroke-width="1.7"/>'
_RINGED = '<circle class="f-voiced" cx="12" cy="13" r="5"/>' + _RING
_HALF = '<path class="f-voiced" d="M12 7a6 6 0 0 0 0 12z"/><circle class="s-voiced" cx="12" cy="13" r="5.4" stroke-width="1.2"/>'
_HALF_RINGED = '<path class="f-voiced" d="M12 8a5 5 0 0 0 0 10z"/><circle class="s-voiced" cx="12" cy="13" r="4.5" stroke-width="1"/>' + _RING
_TICK = '<path class="s-ink" d="M17.6 6.2 21.6 1.8" stroke-width="2.4"/>'
_RING_TICK = '<path class="s-ink" d="M19 4.8 22.4 1.2" stroke-width="2.4"/>'

#: The states of a cell (design §5.1), under the names that ``charts.marks`` gives them. Each fills a square of 24.
STATES: Mapping[str, str] = {
    "v": _DISC,
    "vb": _RINGED,
    "vm": _DISC + _TICK,
    "vbm": _RINGED + _RING_TICK,
    "h": _HALF,
    "hb": _HALF_RINGED,
    "hm": _HALF + _TICK,
    "hbm": _HALF_RINGED + _RING_TICK,
    "e": '<circle class="s-missing" cx="12" cy="13" r="5.6" stroke-width="1.6"/><circle class="f-missing" cx="12" cy="13" r="1.7"/>',
    "sf": '<path class="f-missing" d="M4.5 10.8h15v4.4h-15z"/>',
    "ss": '<path class="f-missing" d="M5.5 12.1h13v1.8h-13z"/>',
    "u": '<path class="f-faint" d="M4 12.2h1.7v1.7h-1.7zM9 12.2h1.7v1.7h-1.7zM14 12.2h1.7v1.7h-1.7zM19 12.2h1.7v1.7h-1.7z"/>',
    "b": '<path class="f-faint" d="M6 12.5h1v1h-1zM11.5 12.5h1v1h-1zM17 12.5h1v1h-1z"/>',
    "c": '<path class="s-faint" d="M2 13h13M15.4 8v10" stroke-width="1.3"/>',
    "x": '<path class="s-faint" d="M9.2 10.2l5.6 5.6M14.8 10.2l-5.6 5.6" stroke-width="1.3"/>',
    "n": '<circle class="s-faint" cx="12" cy="13" r="4.6" stroke-width="1.4"/>',
}
#: What happened between the column before and this one: drawn over a state, on the side from which the reader comes.
BETWEEN: Mapping[str, str] = {
    "am": '<path class="s-ink" d="M1.6 6.6 5.2 2.4" stroke-width="2.2"/>',
    "dm": '<path class="f-missing" d="M.4 17.2 6.4 23.6H.4z"/>',
    "do": '<path class="s-missing" d="M1 18.6 5.3 23.1H1z" stroke-width="1.1"/>',
    "dk": '<path class="s-ink" d="M1 21.1 2.7 23 6 18.6" stroke-width="1.5"/>',
    "t1": '<path class="s-voiced" d="M1.3 8.8v8.4" stroke-width="2.2"/>',
    "t2": '<path class="s-voiced" d="M.9 8.8v8.4M3.3 8.8v8.4" stroke-width="1.6"/>',
}
#: What was read of a meeting, 24 wide and 10 high.
READINGS: Mapping[str, str] = {
    "rf": '<path class="f-ink" d="M2 1h20v8h-20z"/>',
    "rs": '<path class="f-ink" d="M2 5h20v4h-20z"/><path class="s-ink" d="M2.5 5.5v-4h19v4" stroke-width="1"/>',
    "rw": '<path class="s-ink" d="M2.5 1.5h19v7h-19z" stroke-width="1"/><path class="f-ink" d="M2 7.4h20v1.6h-20z"/>',
    "rh": '<path class="s-ink" d="M2.5 1.5h19v7h-19z" stroke-width="1"/>',
    "ro": '<path class="s-ink" d="M11 1.5h-8.5v7h8.5" stroke-width="1"/><path class="f-ink" d="M14 8h1.4v1h-1.4zM17.3 8h1.4v1h-1.4zM20.6 8h1.4v1h-1.4z"/>',
    "rr": '<path class="f-ink" d="M2 8h1.4v1h-1.4zM6.6 8h1.4v1h-1.4zM11.2 8h1.4v1h-1.4zM15.8 8h1.4v1h-1.4zM20.4 8h1.4v1h-1.4z"/>',
    "rn": "",
}
#: The colours of a drawing that stands alone, on light paper: those of the page's own sheet.
INK, SOFT, HAIR, RULE, PAPER, KNOWN, VOICED, MISSING = "#1b1a17", "#5c5952", "#d8d3c8", "#8f8a7e", "#fdfcf9", "#f5f3ec", "#0b4f6c", "#b0431a"
_COLOURS = {"voiced": VOICED, "missing": MISSING, "ink": INK, "faint": SOFT}
_CLASS = re.compile(r'class="([fs])-(\w+)"')


def sprite() -> str:
    """Return every shape as a symbol under its name."""
    squares = (f'<symbol id="{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in {**STATES, **BETWEEN}.items())
    strips = (f'<symbol id="{name}" viewBox="0 0 24 10">{shape}</symbol>' for name, shape in READINGS.items())
    return "\n".join((*squares, *strips))


def coloured(names: Iterable[str]) -> str:
    """Return the named shapes as groups that bring their colours along as plain attributes: a style would need a sheet."""
    every = {**STATES, **BETWEEN, **READINGS}
    return "".join(f'<g id="{name}">{_CLASS.sub(_attributes, every[name])}</g>' for name in sorted(set(names)))


def _attributes(found: re.Match[str]) -> str:
    colour = _COLOURS[found[2]]
    if found[1] == "f":
        return f'fill="{colour}"'
    cap = ' stroke-linecap="round"' if found[2] == "ink" else ""
    return f'fill="none" stroke="{colour}"{cap}'
