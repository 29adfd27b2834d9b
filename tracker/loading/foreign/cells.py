"""Cells as text and numbers: what counts as empty, which sign parts the thousands, what no text can hold."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tracker.loading.problems import shown
from tracker.loading.reading import invisible

from .keys import spaced
from .mapping import CellRules
from .refusal import RefusalError, UndecidedError


class FaultyCell(str):
    """A cell that holds no value but a fault: what a spreadsheet could not work out, or bytes that are no text."""

    __slots__ = ()


Cell = str | int | float | bool | date | datetime | time | timedelta | FaultyCell | None

#: From here on a spreadsheet keeps only the first fifteen figures of a number.
TOO_LARGE = 10**15
LONGEST_NUMBER = 100
#: What guards a cell against being run as a formula: our own files write it, too, and reading takes exactly one away.
_GUARDED = re.compile("'[=+\\-@\t\r'＝＋－＠]")
_SPACES = re.compile("[\u0020\u00a0\u2007\u2009\u202f]")
_SIGNS = {"decimal": (".", ","), "thousands": (",", ".")}


def filled(cell: Cell, rules: CellRules) -> Cell:
    """Return the cell, its text without white space around it and in composed letters (NFC); None where it is empty, or holds a marker that says so."""
    if isinstance(cell, FaultyCell) or not isinstance(cell, str):
        return cell
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return None if not text or spaced(text) in rules.empty else text


def unguarded(text: str) -> str:
    """Return the text of a cell of CSV without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if _GUARDED.match(text) else text


def text_of(cell: Cell) -> str:
    """Return a cell as text; raise ``RefusalError`` for a fault, for characters that nobody sees and for numbers that are not exact."""
    if isinstance(cell, FaultyCell):
        raise RefusalError(str(cell), "mend it in the table")
    if isinstance(cell, str):
        if found := invisible(cell):
            raise RefusalError(found, "take it out of the table")
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return _figures(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell or "")


def _figures(number: float) -> str:
    if not math.isfinite(number):
        raise RefusalError(f"{number} is no number", "mend it in the table")
    if abs(number) >= TOO_LARGE:
        raise RefusalError(f"{number!r} is too large to be kept exactly", "a spreadsheet keeps fifteen figures: write it as text in the table")
    return str(int(number)) if number == int(number) else format(Decimal(repr(number)), "f")


def number_of(cell: Cell, rules: CellRules) -> str:
    """Return a number in figures, its fraction behind a point; raise ``UndecidedError`` where a sign could part thousands or a fraction."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _figures(cell)
    text = plain_figures(text_of(cell))
    if len(text) > LONGEST_NUMBER:
        raise RefusalError(f"{shown(text)} is not a number", f"a number has at most {LONGEST_NUMBER} figures")
    if re.fullmatch(r"[-+−]?\d+", text, re.ASCII):
        return _plain(text)
    stated = [(rules.decimal, rules.thousands)] if rules.decimal or rules.thousands else list(zip(_SIGNS["decimal"], _SIGNS["thousands"], strict=True))
    found = sorted({read for decimal, thousands in stated if (read := _with_signs(text, decimal, thousands)) is not None})
    if not found:
        raise RefusalError(
            f"{shown(text)} is not a number", "expected figures" if rules.decimal or rules.thousands else "expected figures; state decimal and thousands"
        )
    if len(found) > 1:
        raise UndecidedError(f"{shown(text)} is {' or '.join(found)}", 'write decimal = "." or decimal = "," in the mapping')
    return found[0]


def _with_signs(text: str, decimal: str, thousands: str) -> str | None:
    """Return the number that ``text`` is under these signs, if it is one."""
    part = r"(?!)" if not thousands else _SPACES.pattern if thousands == " " else "['’]" if thousands in "'’" else re.escape(thousands)
    fraction = rf"(?:{re.escape(decimal)}(?P<fraction>\d+))?" if decimal else ""
    found = re.fullmatch(rf"(?P<sign>[-+−]?)(?P<whole>\d{{1,3}}(?:{part}\d{{2,3}})*{part}\d{{3}}|\d+){fraction}", text, re.ASCII)
    if found is None:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    return _plain(found["sign"] + whole + (f".{found['fraction']}" if decimal and found["fraction"] else ""))


def _plain(text: str) -> str:
    sign = "-" if text[0] in "-−" else ""
    whole, _, fraction = text.lstrip("-+−").partition(".")
    made = (whole.lstrip("0") or "0") + (f".{fraction}" if (fraction := fraction.rstrip("0")) else "")
    return made if made == "0" else sign + made


def plain_figures(text: str) -> str:
    """Return the text with the figures of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)
