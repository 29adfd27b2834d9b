"""Dates in cells, in the shapes that tables write them in, as EDTF. Where two readings are possible, the mapping decides or nothing is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from tracker.dates import EDTF_HELP, EdtfError, parse_edtf
from tracker.loading.problems import shown

from .cells import Cell, plain_figures, text_of
from .keys import DATE_ORDERS, spaced
from .mapping import CellRules
from .refusal import RefusalError, UndecidedError

_EDTF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?", re.ASCII)
_TIME = re.compile(
    r"(?P<day>.*\d)(?:[T ]|, )(?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<zone> ?(?:Z|UTC|GMT|[AaPp]\.?[Mm]\.?|[+-]\d{2}:?\d{2}))?", re.ASCII
)
_THREE = re.compile(r"(\d{1,4})( ?[/.\-] ?| )(\d{1,2})\2(\d{1,4})\.?", re.ASCII)
_MONTH = re.compile(r"(?P<month>\d{1,2})[/.\-](?P<year>\d{4})|(?P<year_first>\d{4})[/.\-](?P<month_last>\d{1,2})", re.ASCII)
_DAY_NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ .,\-/]*(?P<name>[^\W\d_][^\d,/]*?)[ .,\-/]*(?P<year>\d{4})(?: ?г\.?)?")
_NAMED_DAY = re.compile(r"(?P<name>[^\W\d_][^\d,/]*?)[ .,\-/]*(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? |[,\-/])(?P<year>\d{4})")
_NAMED = re.compile(r"(?P<name>[^\W\d_][^\d,/]*?)[ .,\-/]*(?P<year>\d{4})(?: ?г\.?)?")
_COUNT = re.compile(r"\d{5,7}(\.\d+)?", re.ASCII)
_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_ENGLISH = {name[:length].casefold(): number for number, name in enumerate(_NAMES, 1) for length in (3, len(name))} | {"sept": 9}
#: From this count of days on (18 May 1927) a number may be one; a shorter one is a year.
FIRST_COUNT = 10_000
LONGEST_DATE = 60
_HOURS_RIGHT = 'write times = "drop" in the mapping to take the day as it is written'


def day_of(cell: Cell, rules: CellRules) -> str:
    """Return the date in a cell as EDTF; raise ``UndecidedError`` where the mapping has to say how to read it, ``RefusalError`` where it is none."""
    if isinstance(cell, datetime):
        if cell.time() != time() and rules.times == "refuse":
            raise RefusalError(f"{shown(text_of(cell))} holds a time of day", _HOURS_RIGHT)
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell >= FIRST_COUNT:
        return _counted(float(cell), rules)
    return _written(spaced(plain_figures(text_of(cell))), rules)


def _written(text: str, rules: CellRules) -> str:
    if len(text) > LONGEST_DATE:
        raise RefusalError(f"{shown(text)} is not a date", f"expected {EDTF_HELP}")
    if _EDTF.fullmatch(text):
        try:
            return parse_edtf(text).edtf()
        except EdtfError as error:
            raise RefusalError(str(error)) from error
    if found := _TIME.fullmatch(text):
        if rules.times == "refuse" and (found["zone"] or found["time"].strip("0:.")):
            raise RefusalError(f"{shown(text)} holds a time of day", _HOURS_RIGHT)
        return _written(found["day"].rstrip(","), rules)
    return _of_figures(text, rules) or _named(text, rules)


def _of_figures(text: str, rules: CellRules) -> str:
    """Return the date that is written in figures alone; nothing if there are others."""
    if _COUNT.fullmatch(text):
        return _counted(float(text), rules)
    if found := _THREE.fullmatch(text):
        return _in_figures(text, (found[1], found[3], found[4]), rules)
    if found := _MONTH.fullmatch(text):
        return _on(text, found["year"] or found["year_first"], found["month"] or found["month_last"])
    return ""


def _named(text: str, rules: CellRules) -> str:
    months = _ENGLISH | dict(rules.month_names)
    for shape in (_DAY_NAMED, _NAMED_DAY, _NAMED):
        found = shape.fullmatch(text)
        if found and (month := _month(found["name"], months)):
            return _on(text, found["year"], str(month), found.groupdict().get("day") or "")
    stated = [*rules.dates, *(["the names of months that are stated"] if rules.month_names else [])]
    raise RefusalError(f"{shown(text)} is not a date", f"expected {EDTF_HELP}" + (f", or {', '.join(stated)}" if stated else ""))


def _month(name: str, months: Mapping[str, int]) -> int | None:
    return months.get(spaced(name.strip(" .,-")).casefold())


def _on(text: str, year: str, month: str, day: str = "") -> str:
    """Return the month or the day; raise ``RefusalError`` if no calendar has it."""
    try:
        date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise RefusalError(f"{shown(text)} is not a day of the calendar") from error
    return f"{int(year):04d}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _in_figures(text: str, figures: tuple[str, str, str], rules: CellRules) -> str:
    """Return the day that three numbers name, in the order stated, or in the only order in which they name one."""
    stated = next((order for order in rules.dates if order in DATE_ORDERS), "")
    if len(figures[0]) == 4:
        orders = ["y/m/d"]
    elif len(figures[2]) == 4:
        orders = [stated] if stated in {"d/m/y", "m/d/y"} else ["d/m/y", "m/d/y"]
    else:
        return _with_short_year(text, figures, stated, rules)
    days = {order: day for order in orders if (day := _ordered(figures, order))}
    if not days:
        told = f" in the order {orders[0]}" if len(orders) == 1 else ""
        raise RefusalError(f"{shown(text)} is not a day of the calendar{told}", f"expected {EDTF_HELP}")
    if len(set(days.values())) > 1:
        both = " or ".join(f"{day} ({order})" for order, day in days.items())
        raise UndecidedError(f"{shown(text)} is {both}", 'write dates = "d/m/y" or dates = "m/d/y" in the mapping')
    return next(iter(days.values()))


def _with_short_year(text: str, figures: tuple[str, str, str], stated: str, rules: CellRules) -> str:
    at = {"y/m/d": 0}.get(stated, 2)
    if any(len(one) > 2 for one in figures):
        raise RefusalError(f"{shown(text)} is not a date", f"expected {EDTF_HELP}")
    if not stated or rules.two_digit_years is None:
        missing = [*([] if stated else ["dates"]), *([] if rules.two_digit_years else ["two_digit_years"])]
        raise UndecidedError(
            f"{shown(text)} has a year of two figures", f"write {' and '.join(missing)} in the mapping: the order, and the first of the hundred years meant"
        )
    year = rules.two_digit_years + (int(figures[at]) - rules.two_digit_years) % 100
    whole = tuple(str(year) if place == at else one for place, one in enumerate(figures))
    if day := _ordered((whole[0], whole[1], whole[2]), stated):
        return day
    raise RefusalError(f"{shown(text)} is not a day of the calendar in the order {stated}")


def _ordered(figures: tuple[str, str, str], order: str) -> str | None:
    parts = dict(zip(order.split("/"), map(int, figures), strict=True))
    try:
        return date(parts["y"], parts["m"], parts["d"]).isoformat()
    except ValueError:
        return None


def _counted(count: float, rules: CellRules) -> str:
    """Return the day of a spreadsheet's count: from 1900, or from 1904 where that is stated."""
    kind = next((one for one in rules.dates if one.startswith("serial")), "")
    told = f"{count:.10g}"
    try:
        first, late = (date(1899, 12, 30) + timedelta(days=int(count)), date(1904, 1, 1) + timedelta(days=int(count)))
    except OverflowError as error:
        raise RefusalError(f"the number {told} is not a date", f"expected {EDTF_HELP}") from error
    if not kind:
        raise UndecidedError(
            f"the number {told} may be a spreadsheet’s count of days: {first}, or {late} counted from 1904",
            'write dates = "serial" or "serial-1904" in the mapping',
        )
    if count != int(count) and rules.times == "refuse":
        raise RefusalError(f"the number {told} is a day and a time of day", _HOURS_RIGHT)
    return (late if kind == "serial-1904" else first).isoformat()


def from_parts(year: str, month: str, day: str, rules: CellRules) -> str:
    """Return the date whose parts stand in cells of their own, as finely as they are filled."""
    if not year:
        if month or day:
            raise RefusalError("a month or a day without a year", "fill the year")
        return ""
    if day and not month:
        raise RefusalError("a day without a month", "fill the month")
    if not re.fullmatch(r"\d{4}", plain_figures(year), re.ASCII):
        raise RefusalError(f"{shown(year)} is not a year of four figures", "write it so")
    if not month:
        return plain_figures(year)
    number = plain_figures(month) if month.isdecimal() else str(_month(month, _ENGLISH | dict(rules.month_names)) or "")
    told = " ".join(filter(None, (year, month, day)))
    if not number or (day and not day.isdecimal()):
        raise RefusalError(f"{shown(told)} is not a date", "a month is a number or a name, a day a number")
    return _on(told, plain_figures(year), number, plain_figures(day))


def interval(first: str, last: str) -> str:
    """Return the span from the first day of ``first`` to the last day of ``last``; either may be empty."""
    if not first or not last:
        return first or last
    try:
        return parse_edtf(f"{first.partition('/')[0]}/{last.rpartition('/')[2]}").edtf()
    except EdtfError as error:
        raise RefusalError(str(error)) from error
