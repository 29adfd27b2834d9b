"""What each answer of the interface costs in queries: flat in the number of rows, within the budgets of the pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.addresses import EXAMPLES
from tests.costs import DOSSIER, MATRIX, OTHERS, assert_cost_is_flat
from tests.universe import Universe

LISTS = [
    "api:commitments", "api:mentions", "api:deadlines", "api:meetings", "api:participants", "api:parties", "api:sources", "api:series",
]  # fmt: skip
RECORDS = [
    "api:commitments_one", "api:mentions_one", "api:deadlines_one", "api:meetings_one", "api:participants_one", "api:parties_one", "api:sources_one",
    "api:series_one",
]  # fmt: skip
COMPUTED = {"api:history": DOSSIER, "api:cell": DOSSIER, "api:matrix": MATRIX}
PAGES = ["api:root", "api:schema", "api:docs"]


@pytest.mark.parametrize("name", [*LISTS, *RECORDS, *COMPUTED, *PAGES])
def test_answers_cost_the_same_with_more_rows(client: Client, universe: Universe, name: str) -> None:
    address = reverse(name, kwargs=dict(EXAMPLES.get(name, {})))

    def fetch() -> None:
        assert client.get(f"{address}?limit=40" if name in LISTS else address).status_code == 200

    assert_cost_is_flat(fetch, universe.grow, budget=COMPUTED.get(name, OTHERS))
