"""Finding the columns that a mapping names in the header of a table; what is not there is told with the nearest that are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from openpyxl.utils.cell import get_column_letter
from rapidfuzz import fuzz, process

from tracker.loading.positions import Steps
from tracker.loading.problems import FixtureError, Problem, did_you_mean, shown

from .keys import spaced, told_steps
from .mapping import Alias, Mapping, Origin, RecordRule

#: From this likeness (0 to 100) a column is told as near to the one that is missing.
NEAR = 50
_NEAREST = 3
_LISTED = 30


def found_places(mapping: Mapping, headers: Sequence[str], width: int) -> dict[str, int]:
    """Return the place of each column that the mapping names; raise ``FixtureError`` with all that are not there, or there twice."""
    search = _Search(mapping, headers, width)
    for alias, about in mapping.columns.items():
        search.name(spaced(alias), about, ("columns", alias))
    for name, steps, way in asked(mapping):
        if name in mapping.values:
            search.check_value(name, steps, way)
        elif way == "from":
            search.tell(steps, f"there is no value {shown(name)}", did_you_mean(name, mapping.values, "name it under [values], or write column"))
        elif name not in search.places and name not in search.aliases:
            search.find(name, steps)
    if search.problems:
        raise FixtureError(search.problems)
    return search.places


class _Search:
    """A search for columns under way: the places found, and the problems met."""

    def __init__(self, mapping: Mapping, headers: Sequence[str], width: int) -> None:
        self.mapping, self.headers, self.width = mapping, headers, width
        self.aliases = {spaced(alias) for alias in mapping.columns}
        self.places: dict[str, int] = {}
        self.problems: list[Problem] = []

    def tell(self, steps: Steps, found: str, right: str) -> None:
        document = self.mapping.document
        self.problems.append(Problem(document.path, document.line(steps), "", told_steps(steps), found, right))

    def stands(self, name: str) -> list[int]:
        return [place for place, header in enumerate(self.headers) if header == name]

    def name(self, alias: str, about: Alias, steps: Steps) -> None:
        """Give a column a name of its own."""
        stands = self.stands(about.header) if about.at < 0 else [about.at]
        if about.at >= self.width:
            self.tell(steps, f"the table has {self.width} columns", "name one of them")
        elif about.at < 0 and not stands:
            self.tell(steps, f"the table has no column {shown(about.header)}", self.nearest(about.header))
        elif about.at < 0 and about.nth > len(stands):
            self.tell(steps, f"{shown(about.header)} names {len(stands)} column{'s' * (len(stands) > 1)}, not {about.nth}", "nth counts from 1")
        elif alias in self.headers and alias != about.header:
            self.tell(steps, f"the table has a column {shown(alias)} of its own", "choose another name")
        else:
            self.places[alias] = stands[about.nth - 1]

    def check_value(self, name: str, steps: Steps, way: str) -> None:
        if name in self.headers or name in self.aliases:
            self.tell(steps, f"{shown(name)} is a value of the mapping and a column of the table", "give the value another name")
        elif way == "column":
            self.tell(steps, f"{shown(name)} is a value of the mapping, no column", f'write from = "{name}"')

    def find(self, name: str, steps: Steps) -> None:
        """Find the one column with this name."""
        stands = self.stands(name)
        if len(stands) == 1:
            self.places[name] = stands[0]
        elif stands:
            letters = " and ".join(get_column_letter(place + 1) for place in stands)
            right = f'name one under [columns], for example second = {{ header = "{name}", nth = 2 }}'
            self.tell(steps, f"{shown(name)} names {len(stands)} columns, {letters}", right)
        else:
            self.tell(steps, f"the table has no column {shown(name)}", self.nearest(name))

    def nearest(self, name: str) -> str:
        named = list(dict.fromkeys(filter(None, self.headers)))
        near = [found for found, *_rest in process.extract(name, named, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=NEAR)]
        if near:
            return f"the nearest: {', '.join(map(shown, near))}"
        return f"its columns: {', '.join(map(shown, named[:_LISTED]))}" if named else "it names no columns: write header_row, or name them under [columns]"


def asked(mapping: Mapping) -> Iterator[tuple[str, Steps, str]]:
    """Yield every name that the mapping asks for, where it does, and by which way."""
    for name in mapping.table.fill_down:
        yield name, ("table", "fill_down"), "column"
    for condition in mapping.skip:
        yield condition.name, condition.steps, ""
    for origin in mapping.values.values():
        yield from _asked_for(origin)
    for rule in mapping.records:
        yield from _asked_by(rule)


def _asked_for(origin: Origin) -> Iterator[tuple[str, Steps, str]]:
    yield from ((name, origin.steps, origin.way) for name in origin.names)


def _asked_by(rule: RecordRule) -> Iterator[tuple[str, Steps, str]]:
    for condition in rule.when:
        yield condition.name, condition.steps, ""
    for origin in rule.fields.values():
        yield from _asked_for(origin)
    for child in rule.children:
        yield from _asked_by(child)
