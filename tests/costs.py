"""Query counts: the same for few rows and for many, and never above the budget of design §4."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

DOSSIER = 8
MATRIX = 10
OTHERS = 12
FEW, MANY = 3, 30


def cost(fetch: Callable[[], object]) -> list[str]:
    """Return the queries that ``fetch`` makes."""
    with CaptureQueriesContext(connection) as queries:
        fetch()
    return [query["sql"] for query in queries.captured_queries]


def assert_cost_is_flat(fetch: Callable[[], object], grow: Callable[[int], None], *, budget: int, few: int = FEW, many: int = MANY) -> None:
    """Fetch with ``few`` and with ``many`` meetings in the world: equal numbers of queries, at most ``budget``.

    That for the version of the data, which is asked before any page is made, touches no record and stands beside the budget.
    """
    # Django asks SQLite once whether it knows JSON, when that first matters: before anything is counted.
    assert connection.features.supports_json_field
    grow(few)
    small = cost(fetch)
    grow(many)
    large = cost(fetch)
    assert len(small) == len(large), f"{len(small)} queries became {len(large)}; the last of them:\n" + "\n".join(large[-3:])
    large = [query for query in large if "tracker_dataversion" not in query]
    assert len(large) <= budget, f"{len(large)} queries, budget {budget}:\n" + "\n".join(large)
