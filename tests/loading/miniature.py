"""A valid fixture file of one record of each kind, and the ways tests load it.

Two states, one steel mill under industry, pledged at Lake Como and recalled in a hearing. Nothing of it is real.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command

MINIATURE = """\
[[party]]
slug = "north"
name = "Northland"
kind = "state"
iso2 = "NN"

[[party]]
slug = "south"
name = "Southland"
kind = "state"
iso2 = "SS"

[[participant]]
slug = "ada-north"
name = "Ada North"
home_party = "north"

[[participant.names]]
key = "ru"
name = "Ада Норт"
language = "ru"

[[series]]
slug = "north-south"
title = "Northland and Southland"
kind = "dyad"
parties = ["north", "south"]
covered_until = "2024-12-31"

[[source]]
slug = "release"
title = "Release on the talks"
publisher = "Office of the Northland chancellor"
url = "https://example.org/release"
kind = "official"
issued_by = "north"
carried = "whole"
published = "2024-07-04"
date_basis = "byline"
text = '''
Both sides met.

They will build a steel mill.
'''

[[source]]
slug = "copy"
title = "The release once more"
publisher = "The Courier"
kind = "newspaper"
derived_from = "release"
published = "2024-07"

[[commitment]]
slug = "industry"
name = "Industry"
kind = "area"
series = "north-south"
parties = ["north", "south"]
listed_on = "2024-01-01"

[[commitment]]
slug = "steel-mill"
name = "Steel mill"
kind = "project"
parent = "industry"
series = "north-south"
parties = ["north", "south"]
criteria = "It pours steel."
listed_on = "2024-01-01"
minimum_level = "ministers"

[[commitment.names]]
key = "foundry"
name = "The Foundry"
language = "en"
valid_from = "2023"

[[meeting]]
slug = "como-2024-07-03"
title = "Talks at Como"
series = "north-south"
format = "talks"
level = "leaders"
starts = "2024-07-03"
ends = "2024-07-04"
place = "Como"
country = "IT"

[[meeting.attendances]]
key = "ada"
party = "north"
participant = "ada-north"
office = "Chancellor"

[[meeting.attendances]]
key = "south"
party = "south"

[[meeting.reports]]
source = "release"
extent = "full"
read_on = "2024-08-01"
read_by = "E. Ditor"

[[meeting]]
slug = "hearing-2024-09"
title = "A hearing"
series = "north-south"
format = "hearing"
level = "ministers"
starts = "2024-09"

[[mention]]
commitment = "steel-mill"
meeting = "como-2024-07-03"
act = "agreed"
summary = "They agreed to build it."

[[mention.citations]]
key = "release"
source = "release"
locator = 2
speaker = "ada-north"
party = "north"
phrase = "build a steel mill"
reach = "voiced"
act = "agreed"
strength = "bound"
terms = ["object", "place"]

[[milestone]]
commitment = "steel-mill"
key = "memorandum"
stage = "memorandum"
happened = "2024-07"
meeting = "como-2024-07-03"
reason = "A memorandum was signed."

[[milestone.citations]]
key = "release"
source = "release"
paraphrase = "They signed."

[[deadline]]
commitment = "steel-mill"
key = "by-2025"
target = "contract"
what = "The contract is signed."
due = "2025"
stated_at = "como-2024-07-03"
outcome = "missed"
resolved = "2025-12-31"

[[deadline.citations]]
key = "release"
source = "release"
paraphrase = "The contract comes next year."
proves = "promise"

[[redirect]]
kind = "commitment"
old_slug = "mill"
new_slug = "steel-mill"
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the loader left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def load(*paths: Path, command: str = "load_fixtures", **options: Any) -> Run:
    """Run the command over ``paths`` and return how it ended."""
    out, err = StringIO(), StringIO()
    try:
        call_command(command, *map(str, paths), stdout=out, stderr=err, **{"verbosity": 0} | options)
    except SystemExit as end:
        return Run(int(end.code or 0), out.getvalue(), err.getvalue())
    return Run(0, out.getvalue(), err.getvalue())


def written(folder: Path, text: str, name: str = "fixture.toml") -> Path:
    """Write ``text`` into a file of ``folder`` and return its path."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def changed(old: str, new: str) -> str:
    """Return the miniature with ``old``, which stands in it once, replaced."""
    assert MINIATURE.count(old) == 1, f"{old!r} stands {MINIATURE.count(old)} times in the miniature"
    return MINIATURE.replace(old, new)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of the tracker: what must not differ where nothing was written."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in apps.get_app_config("tracker").get_models(include_auto_created=True)
    }


def number_of_rows() -> int:
    return sum(len(each) for each in rows().values())
