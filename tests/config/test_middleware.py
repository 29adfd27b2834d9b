"""What is refused before anything else looks at a request."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.parametrize("address", ["/%00/", "/?text=%00", "/commitments/a%00b/", "/?a=1&b=x%00y"])
def test_nul_in_an_address_is_a_bad_request(client: Client, address: str) -> None:
    path, _, query = address.partition("?")
    response = client.get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_a_percent_sign_written_out_is_not_nul(client: Client) -> None:
    assert client.get("/nowhere/", QUERY_STRING="text=100%2500").status_code == 404


@pytest.mark.parametrize("path", ["/", "/admin/", "/static/nothing.css"])
def test_trace_is_not_offered_anywhere(client: Client, path: str) -> None:
    response = client.trace(path)
    assert response.status_code == 405
    assert "TRACE" not in response["Allow"]


def test_refusals_carry_the_policy_headers(client: Client) -> None:
    response = client.get("/", QUERY_STRING="a=%00")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
