"""The OpenAPI document: it is valid, it tells every parameter there is, and every answer is what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.urls import reverse
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, checks, openapi
from schemathesis.specs.openapi import checks as of_openapi

from tests.addresses import EXAMPLES, Page, pages
from tests.api.test_lists import get
from tests.universe import Universe
from tracker.exports.lists.known import LISTINGS

#: Every check that does not ask for more than a filter can promise: a slug of the right letters may still be nobody's.
CHECKS = [
    checks.not_a_server_error,
    of_openapi.status_code_conformance,
    of_openapi.content_type_conformance,
    of_openapi.response_headers_conformance,
    of_openapi.response_schema_conformance,
    of_openapi.negative_data_rejection,
    of_openapi.unsupported_method,
]
FEW = settings(
    max_examples=4, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def document(universe: Universe, client: Client) -> Any:
    return get(client, reverse("api:schema"))


@pytest.fixture
def interface(universe: Universe) -> Iterator[Any]:
    """Return the interface as the fuzzer knows it: asked in this thread, within the transaction of the test, which the end of a request must not close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield openapi.from_wsgi(reverse("api:schema"), get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


#: Not packed: what reads the answers here does not unpack them.
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_request_is_answered_otherwise_than_the_document_says(interface: Any, mode: GenerationMode) -> None:
    """A few requests of each kind, right ones and wrong ones; scripts/fuzz_api.sh sends thousands."""
    asked = [result.ok() for result in interface.get_all_operations()]
    for operation in asked:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def answered(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers=PLAIN)

        answered()
    assert len(asked) == 2 * len(LISTINGS) + 3


def test_the_document_is_valid(document: Any) -> None:
    validate_schema(document)
    assert document["openapi"] == "3.1.0"


def operations(document: Any) -> Iterator[tuple[str, Any]]:
    for path, methods in document["paths"].items():
        yield from ((path, operation) for method, operation in methods.items() if method == "get")


def test_every_answer_is_described_and_has_a_name_of_its_own(document: Any) -> None:
    """But the first address, the document itself and the page that explains it."""
    patterns = {page.name for page in pages() if page.name.startswith("api:")} - {"api:root", "api:schema", "api:docs"}
    names = [operation["operationId"] for _path, operation in operations(document)]
    assert len(names) == len(set(names)) == len(patterns)


def test_every_filter_of_a_page_is_a_parameter(document: Any) -> None:
    for name, listing in LISTINGS.items():
        told = {one["name"] for one in document["paths"][reverse(f"api:{name}")]["get"]["parameters"]}
        assert told == {*listing.filter.base_filters, "fields", "limit", "cursor"}


def test_every_example_is_a_row_that_can_be_asked_for(document: Any, client: Client) -> None:
    tried = 0
    for path, operation in operations(document):
        asked = path
        for one in operation["parameters"]:
            asked = asked.replace(f"{{{one['name']}}}", str(one.get("example", f"{{{one['name']}}}")))
        content = operation["responses"]["200"]["content"]["application/json"]
        if "{" not in asked and "example" in content and "results" not in content["example"]:
            assert get(client, asked) == content["example"]
            tried += 1
    assert tried == len(LISTINGS)


def test_every_answer_of_the_drawn_world_is_what_the_document_says(interface: Any) -> None:
    """The fuzzer seldom meets a slug that is there: these are."""
    asked = [page for page in pages() if page.name.startswith("api:") and page.name not in {"api:root", "api:schema", "api:docs"}]
    found = {result.ok().label: result.ok() for result in interface.get_all_operations()}
    for page in asked:
        operation = found[f"GET {template(page)}"]
        case = operation.Case(path_parameters=dict(EXAMPLES.get(page.name, {})))
        case.call_and_validate(checks=[of_openapi.response_schema_conformance, of_openapi.status_code_conformance], headers=PLAIN)
    assert len(asked) == len(found)


def template(page: Page) -> str:
    """Return the address of a page as the document writes it."""
    address = page.address({name: f"x{name}x" for name in page.parameters})
    for name in page.parameters:
        address = address.replace(f"x{name}x", f"{{{name}}}")
    return address


def test_a_document_of_an_empty_record_has_no_examples_and_is_valid(db: None, client: Client) -> None:
    validate_schema(get(client, reverse("api:schema")))


def test_no_page_lets_styles_or_scripts_of_its_own_in(universe: Universe, client: Client) -> None:
    """Not even the one that tries requests."""
    policies = {page.name: client.get(page.example).headers["Content-Security-Policy"] for page in pages()}
    assert [name for name, policy in policies.items() if "unsafe" in policy] == []
    assert "script-src 'self';" in policies["api:docs"] + ";"
