"""Every public address, from the URL resolver itself: a page that nobody told the tests about is a failure, not a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.universe import SERIES
from tracker.exports.lists.known import LISTINGS
from tracker.models import Edit

#: The admin is for editors, and so are the doors to it, which tests/accounts/test_doors.py lists; everything else that the resolver knows is public.
NOT_PUBLIC = {"admin"}
DOORS = ("account_", "mfa_", "usersessions_")
#: A record of each list of the interface whose rows go by a slug.
SLUGS = {
    "commitments": "river-pipeline", "meetings": "oakport-25", "participants": "ada-vane", "parties": "northmark", "sources": "north-24", "series": SERIES,
}  # fmt: skip
#: One telling record of the drawn world for each page that has records.
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "tracker:series": {"slug": SERIES},
    "tracker:series_matrix_csv": {"slug": SERIES},
    "tracker:series_matrix_svg": {"slug": SERIES},
    "tracker:series_brief": {"slug": SERIES},
    "tracker:series_brief_markdown": {"slug": SERIES},
    "tracker:commitment": {"slug": "river-pipeline"},
    "tracker:commitment_citation": {"slug": "river-pipeline", "form": "bib"},
    "tracker:commitment_ladder": {"slug": "river-pipeline"},
    "tracker:commitment_ladder_rows": {"slug": "river-pipeline"},
    "tracker:cell": {"slug": "river-pipeline", "meeting": "quay-24"},
    "tracker:meeting": {"slug": "oakport-25"},
    "tracker:source": {"slug": "north-24"},
    "tracker:participant": {"slug": "ada-vane"},
    "tracker:party": {"slug": "northmark"},
    "tracker:series_embed": {"slug": SERIES},
    "tracker:commitment_embed": {"slug": "river-pipeline"},
    "tracker:series_feed": {"slug": SERIES},
    "tracker:commitment_feed": {"slug": "river-pipeline"},
    "tracker:series_calendar": {"slug": SERIES},
    "tracker:sitemap_section": {"section": "meeting"},
    "tracker:list_file": {"rows": "mentions", "ending": "csv"},
    **{f"api:{name}_one": {"slug": slug} for name, slug in SLUGS.items()},
    "api:mentions_one": {"commitment": "river-pipeline", "meeting": "quay-24"},
    "api:deadlines_one": {"commitment": "river-pipeline", "promise": "first"},
    "api:history": {"slug": "river-pipeline"},
    "api:cell": {"slug": "river-pipeline", "meeting": "quay-24"},
    "api:matrix": {"slug": SERIES},
    "tracker:numbers_csv": {"figure": "areas"},
    "tracker:numbers_svg": {"figure": "deadlines"},
}
#: Pages of what has no name: asked of the drawn world itself.
DRAWN_BY_LOT: Mapping[str, Callable[[], Mapping[str, str]]] = {"tracker:change": lambda: {"key": Edit.objects.order_by("pk")[0].key}}

#: Addresses that answer with a file to keep or with JSON, and no page to read.
FILES = {
    "api:root",
    "api:schema",
    "api:history",
    "api:cell",
    "api:matrix",
    *(f"api:{name}{one}" for name in LISTINGS for one in ("", "_one")),
    "tracker:series_matrix_csv",
    "tracker:series_matrix_svg",
    "tracker:series_brief_markdown",
    "tracker:commitment_citation",
    "tracker:commitment_ladder",
    "tracker:commitment_ladder_rows",
    "tracker:compare_csv",
    "tracker:compare_svg",
    "tracker:numbers_csv",
    "tracker:numbers_svg",
    "tracker:search_suggestions",
    "tracker:list_file",
    "tracker:data_package",
    "tracker:changes_feed",
    "tracker:series_feed",
    "tracker:commitment_feed",
    "tracker:came_back_feed",
    "tracker:missed_dates_feed",
    "tracker:calendar",
    "tracker:series_calendar",
    "tracker:sitemap",
    "tracker:sitemap_section",
    "tracker:robots",
    "tracker:healthz",
    "tracker:readyz",
}


@dataclass(frozen=True, slots=True)
class Page:
    """One pattern of the resolver: the name it is reversed by and the parts of its address that name records."""

    name: str
    parameters: tuple[str, ...]

    def address(self, values: Mapping[str, str]) -> str:
        return reverse(self.name, kwargs=dict(values))

    @property
    def example(self) -> str:
        """Return the address of one page of this kind in the drawn world."""
        if self.name in DRAWN_BY_LOT:
            return self.address(DRAWN_BY_LOT[self.name]())
        if self.parameters and self.name not in EXAMPLES:
            raise LookupError(f"{self.name} is a new page with records: give it an example in {__name__}")
        return self.address(EXAMPLES.get(self.name, {}))

    def addresses(self, slugs: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Yield every address of this page that can be made of ``slugs``, which stand under the names of parameters."""
        for values in product(*(slugs[parameter] for parameter in self.parameters)):
            yield self.address(dict(zip(self.parameters, values, strict=True)))


def pages() -> list[Page]:
    """Return every public pattern of the resolver."""
    return list(_pages(get_resolver().url_patterns, ""))


def html_pages() -> list[Page]:
    return [page for page in pages() if page.name not in FILES]


def _pages(patterns: Sequence[URLPattern | URLResolver], namespace: str) -> Iterator[Page]:
    for one in patterns:
        if isinstance(one, URLResolver):
            if one.namespace not in NOT_PUBLIC:
                yield from _pages(one.url_patterns, f"{namespace}{one.namespace}:" if one.namespace else namespace)
        elif not one.name:
            raise LookupError(f"the address {one.pattern} has no name, so no test can ask for it")
        elif not one.name.startswith(DOORS):
            yield Page(f"{namespace}{one.name}", tuple(one.pattern.regex.groupindex))


def fetch(client: Client, address: str) -> tuple[int, bytes]:
    """Return the status and the whole body of what ``address`` answers."""
    response = client.get(address)
    return response.status_code, response.getvalue()
