"""The charts of the numbers page: for each the rows it counts, its finding, its drawing and its table with links to those rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tracker.charts.bars import Layer, multiples, stacked
from tracker.charts.spans import Words, spans
from tracker.exports.figures import Entry, Figure, Table
from tracker.history.facts import Record, SeriesFact
from tracker.history.timeline import Timeline
from tracker.history.yearly import BOTH, NEITHER, SOME, UNNAMED, Group, Interval, Yearly, lines_of, merged, readings, whose_text, yearly
from tracker.queries.compared import meetings_and_reports
from tracker.queries.lists import party_names
from tracker.queries.yearly import Voiced, deadline_groups, intervals, voiced
from tracker.vocabulary import Outcome, Reach, Standing, Voice

from . import findings
from .dates import in_words

#: So many areas have a row of their own in the drawing, so many parties a fill, so many commitments a line; the table has all.
AREAS, PARTIES, LINES = 12, 2, 24
REST = "*rest"


@dataclass
class Scope:
    """What the page is about: a day and one series or all. Rows are read when a chart first asks for them."""

    as_of: date
    series: str
    every: Sequence[SeriesFact]

    @cached_property
    def names(self) -> Mapping[str, str]:
        return party_names()

    @cached_property
    def mentions(self) -> list[Voiced]:
        return voiced(self.as_of, self.series)

    @cached_property
    def lines(self) -> dict[str, Timeline]:
        chosen = [one for one in self.every if self.series in {"", one.slug}]
        meetings, reports = meetings_and_reports([one.slug for one in chosen])
        records = [Record(one, tuple(meeting for meeting in meetings if meeting.series == one.slug), (), (), ()) for one in chosen]
        at = {meeting.slug: place for place, record in enumerate(records) for meeting in record.meetings}
        held = [[report for report in reports if at[report.meeting] == place] for place in range(len(records))]
        return lines_of((replace(record, reports=tuple(own)) for record, own in zip(records, held, strict=True)), self.as_of)

    def rows(self, page: str, **asked: str | int) -> str:
        """Return the address of the rows of a list that are ``asked`` for, in this series."""
        given: dict[str, str | int] = {**({"series": self.series} if self.series else {}), **asked}
        return f"{reverse(f'tracker:{page}')}?{urlencode(given)}" if given else reverse(f"tracker:{page}")

    def voiced(self, **asked: str | int) -> str:
        return self.rows("mention_list", **asked, reach=Reach.VOICED.value, standing=Standing.ACCEPTED.value)

    @staticmethod
    def voiced_by(key: str) -> dict[str, str]:
        """Return what the list of mentions is asked for those voiced by both sides, by nobody named, or by one party alone."""
        words = {BOTH: Voice.BOTH, UNNAMED: Voice.UNNAMED}
        return {"voice": words[key].value} if key in words else {"voice": Voice.ONE.value, "party": key}


def areas(scope: Scope) -> Figure:
    found = yearly(one.area for one in scope.mentions)
    names = {one.area.key: one.area_name for one in scope.mentions}
    kept = found.ordered()[: AREAS if len(found.ordered()) > AREAS + 1 else AREAS + 1]
    drawn = merged(found, kept, REST)
    layers = [_layer(drawn, key, names[key] if key != REST else _("All other areas"), "voiced") for key in (*kept, REST) if key in drawn.totals]
    heads = (_("Area"), *map(str, found.years), _("All years"))
    rows = tuple(
        (
            Entry(names[key], reverse("tracker:commitment", args=[key])),
            *(Entry(found.counts[year].get(key, 0), scope.voiced(area=key, since=year, until=year)) for year in found.years),
            Entry(found.totals[key], scope.voiced(area=key)),
        )
        for key in found.ordered()
    )
    about = _("Mentions voiced at meetings and in statements, by year and widest area; those of a project stand under its area. All rows have one scale.")
    finding = findings.of_areas(found, names)
    return Figure("areas", _("What came up"), finding, about, _draw(multiples, finding, found, layers), Table(heads, rows))


def reading(scope: Scope) -> Figure:
    found = readings(scope.lines.values())
    labels = {
        "close": (_("read closely: both sides, a joint text, one side, or two independent reports"), "ink"),
        "weak": (_("read in full: one media report only"), "hatch"),
        "held": (_("held in full, read by nobody yet"), "soft"),
        "opening": (_("only an opening is held"), "dots"),
        "reference": (_("known by reference only"), "hollow"),
        "nothing": (_("no report held"), "missing"),
    }
    layers = [_layer(found, key, label, fill) for key, (label, fill) in labels.items() if found.totals.get(key)]
    heads = (_("Year"), *(layer.label for layer in layers), _("Meetings"))
    keys = [key for key in labels if found.totals.get(key)]

    def href(**years: int) -> str:
        return scope.rows("meeting_list", what="meetings", status="held", **years)

    about = _(
        "Meetings held, a journey with its rooms once; the list names each room too. Where no report was read in full nobody looked: that is not silence."
    )
    return _by_year("reading", _("How much was read"), findings.of_reading(found), about, found, layers, _table(found, heads, keys, href))


def voices(scope: Scope) -> Figure:
    found = yearly(replace(one.area, key=one.voice) for one in scope.mentions)
    ends = {BOTH: _("both or several sides"), REST: _("another party alone"), UNNAMED: _("side not named")}
    drawn, _kept, keys, layers = _by_side(found, _("%(party)s alone"), ends, scope)
    heads = (_("Year"), *(layer.label for layer in layers), _("Mentions"))
    about = _("Mentions voiced, by who is reported to have voiced them. A passage that speaks of both sides together counts as both.")
    ways = {key: scope.voiced_by(key) for key in keys if key != REST}
    table = _table(drawn, heads, keys, scope.voiced, ways)
    return _by_year("voices", _("Who voiced it"), findings.of_voices(found, scope.names), about, drawn, layers, table)


def texts(scope: Scope) -> Figure:
    told = whose_text((one.texts for one in scope.mentions), scope.lines)
    found = yearly(group for _meeting, group in told)
    ends = {BOTH: _("in all sides’ texts, or in a joint text"), REST: _("in other texts, not in all"), NEITHER: _("in no side’s own text")}
    drawn, kept, keys, layers = _by_side(found, _("only in the text of %(party)s"), ends, scope)
    meetings = {slug: merged(yearly(groups), kept, REST) for slug, groups in _by_meeting(told).items()}
    columns = {slug: line.columns[place] for line in scope.lines.values() for slug, place in line.position.items()}
    in_time = sorted(meetings, key=lambda slug: (columns[slug].when, slug))
    heads = (_("Meeting"), _("Date"), *(layer.label for layer in layers))
    rows = tuple(
        (
            Entry(slug, reverse("tracker:meeting", args=[slug]), columns[slug].meeting.title),
            Entry(columns[slug].when.edtf(), "", in_words(columns[slug].when)),
            *(Entry(meetings[slug].totals.get(key, 0), f"{reverse('tracker:meeting', args=[slug])}#sources") for key in keys),
        )
        for slug in in_time
    )
    about = _("Only meetings of which two sides’ own whole texts were read can show this; all others are left out.")
    return _by_year("texts", _("In whose text it stands"), findings.of_texts(found, scope.names), about, drawn, layers, Table(heads, rows))


def _by_side(found: Yearly, alone: str, ends: Mapping[str, str], scope: Scope) -> tuple[Yearly, tuple[str, ...], list[str], list[Layer]]:
    """Return what is counted by side, with the keys kept apart, those that occur, and their layers: all sides, the parties met most, the others, none.

    ``ends`` names the first and the last two, ``alone`` one party.
    """
    both, rest, none = ends
    parties = [key for key in found.ordered() if key not in {both, none, SOME}][:PARTIES]
    labels = {both: ends[both], **{key: alone % {"party": scope.names.get(key, key)} for key in parties}, rest: ends[rest], none: ends[none]}
    kept = (both, none, *parties)
    drawn = merged(found, kept, rest)
    fills = dict(zip(labels, ("voiced", *("hatch", "soft")[: len(parties)], "dots", "hollow"), strict=True))
    keys = [key for key in labels if drawn.totals.get(key)]
    return drawn, kept, keys, [_layer(drawn, key, labels[key], fills[key]) for key in keys]


def _by_meeting(told: Sequence[tuple[str, Group]]) -> dict[str, list[Group]]:
    groups: dict[str, list[Group]] = defaultdict(list)
    for meeting, group in told:
        groups[meeting].append(group)
    return groups


def deadlines(scope: Scope) -> Figure:
    found = yearly(deadline_groups(scope.as_of, scope.series))
    fills = {Outcome.MISSED: "missing", Outcome.MET_LATE: "hatch", Outcome.MET: "ink", Outcome.UNKNOWN: "dots", Outcome.PENDING: "hollow"}
    keys = [one for one in fills if found.totals.get(one)]
    layers = [_layer(found, one, str(one.label), fills[one]) for one in keys]
    heads = (_("Due in"), *(layer.label for layer in layers), _("Promises"))
    rows = tuple(
        (
            Entry(year),
            *(Entry(found.counts[year].get(one, 0), scope.rows("deadline_list", since=year, until=year, outcome=one.value)) for one in keys),
            Entry(found.of(year), scope.rows("deadline_list", since=year, until=year)),
        )
        for year in found.years
    )
    about = _("Dated promises by the year in which they fell or fall due, with what became of them. Pending: nothing on record says yet.")
    return _by_year("deadlines", _("What became of promised dates"), findings.of_deadlines(found), about, found, layers, Table(heads, rows))


def waits(scope: Scope) -> Figure:
    found = intervals(scope.as_of, scope.series)
    inked = sorted((one for one in found if one.ink is not None), key=lambda one: (-(one.talk_to_ink or -1), one.name))
    finding = findings.of_waits(found)
    drawn = [one for one in inked if one.talk_to_ink is not None][:LINES]
    words = Words(
        title=finding,
        ink=_("first talk to a binding paper, or to the visit itself"),
        works=_("on to works or delivery"),
        years=_("years"),
        days=lambda days: _("%(days)s days") % {"days": f"{days:,}"},
    )
    heads = (_("Commitment"), _("First voiced"), _("Binding paper"), _("Days from talk to ink"), _("Works or delivery"), _("Days from ink to works"))
    about = _("From the first known voicing to the first accepted milestone at rung 3 or above, and from there to rung 5. What never got there is not drawn.")
    draw = (lambda name, width: spans(name, width, drawn, words)) if drawn else None
    return Figure("waits", _("From talk to ink to works"), finding, about, draw, Table(heads, tuple(_wait(one) for one in inked)))


def _wait(one: Interval) -> tuple[Entry, ...]:
    dossier = reverse("tracker:commitment", args=[one.slug])
    day = [None if found is None else found.isoformat() for found in (one.talk, one.ink, one.works)]
    return (
        Entry(one.name, dossier),
        Entry(day[0], f"{dossier}#occasions", in_words(one.talk)),
        Entry(day[1], f"{dossier}#milestones", in_words(one.ink)),
        Entry(one.talk_to_ink, f"{dossier}#milestones"),
        Entry(day[2], f"{dossier}#milestones" if day[2] else "", in_words(one.works)),
        Entry(one.ink_to_works, f"{dossier}#milestones" if day[2] else ""),
    )


def _layer(found: Yearly, key: str, label: str, fill: str) -> Layer:
    return Layer(label, fill, {year: found.counts[year].get(key, 0) for year in found.years}, found.totals.get(key, 0))


def _by_year(slug: str, label: str, finding: str, about: str, found: Yearly, layers: Sequence[Layer], table: Table) -> Figure:
    return Figure(slug, label, finding, about, _draw(stacked, finding, found, layers), table)


def _draw(draw: Callable[..., str], finding: str, found: Yearly, layers: Sequence[Layer]) -> Callable[[str, int], str] | None:
    return (lambda name, width: draw(name, width, finding, found.years, layers)) if found.years else None


def _table(found: Yearly, heads: tuple[str, ...], keys: Sequence[str], href: Callable[..., str], ways: Mapping[str, Mapping[str, str]] | None = None) -> Table:
    """Return one row per year: each kind, and all of them with a link to the rows. ``ways`` says what a list is asked for the rows of one kind alone."""

    def entry(year: int, key: str) -> Entry:
        way = (ways or {}).get(key)
        return Entry(found.counts[year].get(key, 0), href(**way, since=year, until=year) if way else "")

    rows = ((Entry(year), *(entry(year, key) for key in keys), Entry(found.of(year), href(since=year, until=year))) for year in found.years)
    return Table(heads, tuple(rows))


#: The charts of the page, in their order.
FIGURES: Mapping[str, Callable[[Scope], Figure]] = {
    "areas": areas,
    "reading": reading,
    "voices": voices,
    "texts": texts,
    "deadlines": deadlines,
    "waits": waits,
}
