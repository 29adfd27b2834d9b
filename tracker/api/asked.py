"""What a program asks for in a query string, read strictly: a word that is not known is refused, with those that are."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework.request import Request

from tracker.dates import EDTF_HELP, EdtfError, parse_edtf
from tracker.exports.lists.listing import Listing, Site
from tracker.filters import ListFilter

from .problems import BadRequest

DEFAULT_LIMIT, HIGHEST_LIMIT = 50, 200
#: So much of what was sent is repeated.
WORTH_REPEATING = 60
Error = dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked of a list: the filters, which columns, how many rows, after which."""

    found: ListFilter
    columns: tuple[str, ...]
    limit: int
    cursor: str


def site_of(request: Request) -> Site:
    """Return the site as it is today, under the name it was asked by."""
    return Site(timezone.now().date(), f"{request.scheme}://{request.get_host()}")


def page_asked(request: Request, listing: Listing, site: Site) -> Page:
    """Return what is asked of ``listing``; raise ``BadRequest`` with every parameter that can't be understood."""
    found = listing.asked(request.GET, site)
    errors = list(_strange(request, [*found.filters, "fields", "limit", "cursor"]))
    errors += [error for error in _empty(request) if error["parameter"] in {*found.filters, "cursor"}]
    if not found.is_valid():
        errors += [{"parameter": str(name), "detail": " ".join(map(str, said))} for name, said in found.form.errors.items()]
    columns, limit = _columns(request, listing, errors), _limit(request, errors)
    if errors:
        raise BadRequest(errors)
    return Page(found, columns, limit, request.GET.get("cursor", ""))


def columns_asked(request: Request, listing: Listing) -> tuple[str, ...]:
    """Return the columns asked for of one row."""
    errors = list(_strange(request, ["fields"]))
    columns = _columns(request, listing, errors)
    if errors:
        raise BadRequest(errors)
    return columns


def day_asked(request: Request) -> date:
    """Return the day asked for with ``as_of``, today where none is."""
    errors = list(_strange(request, ["as_of"]))
    typed, today = request.GET.get("as_of"), timezone.now().date()
    try:
        day = today if typed is None else parse_edtf(typed).latest
    except EdtfError:
        errors.append({"parameter": "as_of", "detail": f"“{_repeated(typed or '')}” is not a day of the calendar. Write {EDTF_HELP}."})
    if errors:
        raise BadRequest(errors)
    return day


def nothing_asked(request: Request) -> None:
    """Refuse any parameter."""
    if errors := list(_strange(request, [])):
        raise BadRequest(errors)


def _strange(request: Request, known: Collection[str]) -> Iterable[Error]:
    told = f"What can be asked for: {', '.join(known)}." if known else "Nothing can be asked for here."
    return ({"parameter": _repeated(name), "detail": f"This parameter is not known. {told}"} for name in request.GET if name not in known)


def _empty(request: Request) -> Iterable[Error]:
    """Yield an error for each parameter without a value: a program that sends one has lost it."""
    return ({"parameter": _repeated(name), "detail": "Write a value, or leave the parameter out."} for name, value in request.GET.items() if not value)


def fields_asked(request: Request) -> str:
    """Return the fields asked for, separated by commas: generated clients give the parameter once for each, whatever the document says."""
    return ",".join(request.GET.getlist("fields"))


def _columns(request: Request, listing: Listing, errors: list[Error]) -> tuple[str, ...]:
    known = tuple(column.name for column in listing.columns)
    if "fields" not in request.GET:
        return known
    wanted = [name.strip() for name in fields_asked(request).split(",")]
    if strange := [name for name in wanted if name not in known]:
        detail = f"“{_repeated(', '.join(strange))}” is no field of {listing.name}. Its fields: {', '.join(known)}."
        errors.append({"parameter": "fields", "detail": detail})
    return tuple(name for name in known if name in wanted)


def _limit(request: Request, errors: list[Error]) -> int:
    typed = request.GET.get("limit", str(DEFAULT_LIMIT))
    if typed.isascii() and typed.isdigit() and len(typed) < 6 and 1 <= int(typed) <= HIGHEST_LIMIT:
        return int(typed)
    errors.append({"parameter": "limit", "detail": f"Write a number from 1 to {HIGHEST_LIMIT}."})
    return DEFAULT_LIMIT


def _repeated(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:WORTH_REPEATING]


def only(document: dict[str, Any], columns: Collection[str]) -> dict[str, Any]:
    """Return the columns asked for of a document."""
    return {name: value for name, value in document.items() if name in columns}
