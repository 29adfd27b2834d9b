"""The person at a command: who it is, and what was typed, understood: days, and slugs that are nearly right."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from django.core.management.base import CommandError
from django.db.models import QuerySet

from tracker.dates import EdtfError, parse_edtf
from tracker.loading.edits import Loader


def day_asked(text: str | None, today: date) -> date:
    """Return the last day of the date in ``text``, or ``today`` where none is given; raise ``CommandError`` if it is no date."""
    if text is None:
        return today
    try:
        return parse_edtf(text).latest
    except EdtfError as error:
        raise CommandError(str(error)) from error


def instead(slug: str, records: QuerySet[Any]) -> str:
    """Return the end of a sentence about an unknown slug: the nearest ones among ``records``, where there are any."""
    near = get_close_matches(slug, records.values_list("slug", flat=True), n=3)
    return f": did you mean {' or '.join(near)}?" if near else "."


def add_reason(parser: ArgumentParser) -> None:
    """Add the option with which somebody who loads says why."""
    parser.add_argument("--reason", default="", help="why the records change; readers are shown it beside the changes")


def add_side(parser: ArgumentParser) -> None:
    """Add the two options that say whose values to take where an editor changed a record since it was loaded."""
    whose = parser.add_mutually_exclusive_group()
    ours, theirs = "keep the site's values and lock those fields", "take the values of the files"
    for side, what in (("ours", ours), ("theirs", theirs)):
        whose.add_argument(f"--{side}", action="store_const", const=side, dest="side", help=f"where an editor changed a record, {what}")


def loader_here(options: Mapping[str, Any], now: datetime) -> Loader:
    """Return who loads on this machine, and when, with the reason among the ``options``."""
    return Loader(now, account_here(), " ".join(options["reason"].split()))


def account_here() -> str:
    """Return the name of the account on this machine, empty where it has none: in a container, often."""
    try:
        return getpass.getuser()[:150]
    except (OSError, KeyError):
        return ""
