"""What is refused before anything else looks at a request."""

from __future__ import annotations

from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client

from config.wsgi import application


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


#: What was refused in an address would come back through an odd encoding, and through the octal signs of a cookie.
ODD: list[dict[str, Any]] = [
    {"QUERY_STRING": "text=%2BAAA-", "CONTENT_TYPE": "text/plain; charset=utf-7"},
    {"QUERY_STRING": "text=a", "CONTENT_TYPE": "text/plain; charset=utf-16"},
    {"QUERY_STRING": "text=a", "CONTENT_TYPE": "multipart/form-data; boundary=x; charset=utf-7"},
    {"QUERY_STRING": "text=" + "a" * 8000},
    {"CONTENT_LENGTH": "99999999999999999999999999"},
    {"CONTENT_LENGTH": "-1"},
    {"CONTENT_LENGTH": "½"},
    {"HTTP_COOKIE": 'sessionid="\\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"'},
]
QUERIES = ["text=%ED%A0%80", "text=%C0%80", "text=%FF%FE", "text=%E2%80%AE", "page=99999999999999999999", "text=a&text=b&nothing=1", "&&==;%", "%"]


@pytest.mark.django_db
def test_what_no_reader_sends_is_refused_before_anything_reads_it(client: Client) -> None:
    asked = [(path, sent) for path in ("/commitments/", "/api/v1/commitments/", "/admin/") for sent in ODD]
    assert [(path, sent) for path, sent in asked if client.get(path, **sent).status_code != 400] == []


@pytest.mark.django_db
def test_an_encoding_that_is_none_of_texts_does_not_break_the_server() -> None:
    answers: list[str] = []
    for encoding in ("hex", "rot13", "zip", "base64", "utf-7", "idna"):
        environ: dict[str, Any] = {"QUERY_STRING": "text=a", "CONTENT_TYPE": f'text/plain; charset="{encoding}"'}
        setup_testing_defaults(environ)
        assert b"UTF-8" in b"".join(application(environ, lambda status, _headers: answers.append(status)))
    assert set(answers) == {"400 Bad Request"}


@pytest.mark.django_db
def test_an_odd_query_is_answered_and_never_an_error(client: Client) -> None:
    paths = ("/commitments/", "/mentions/", "/search/", "/commitments.csv", "/api/v1/commitments/")
    codes = {(path, query): client.get(path, QUERY_STRING=query).status_code for path in paths for query in QUERIES}
    assert {asked: code for asked, code in codes.items() if code not in {200, 400, 404}} == {}


def test_refusals_carry_the_policy_headers(client: Client) -> None:
    response = client.get("/", QUERY_STRING="a=%00")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
