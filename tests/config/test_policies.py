"""What every answer carries, whatever is asked: policies, and for those who read no cookie and no question about who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.addresses import FILES, pages
from tests.universe import Universe

POLICIES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: Tables that a reader's page has no business with.
PRIVATE = re.compile(r"django_session|auth_user|signin_counts|mfa_authenticator|usersessions|account_emailaddress")


def lacking(answer: Any, where: str) -> Iterator[str]:
    """Yield what a policy of ``answer`` lacks."""
    yield from (f"{where}: {name}" for name, value in POLICIES.items() if answer.headers.get(name) != value)
    policy = answer.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors" not in policy or "base-uri 'none'" not in policy:
        yield f"{where}: Content-Security-Policy {policy}"
    if answer.headers.get("Cross-Origin-Resource-Policy") not in {"same-origin", "cross-origin"}:
        yield f"{where}: Cross-Origin-Resource-Policy"


def test_readers_get_every_policy_no_cookie_and_no_question_who_they_are(universe: Universe, client: Client) -> None:
    wrong: list[str] = []
    shown_elsewhere, files = set(), set()
    for page in pages():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page.example)
            answer.getvalue()
        wrong += lacking(answer, page.example)
        wrong += [f"{page.example}: {query['sql'][:80]}" for query in queries if PRIVATE.search(query["sql"])]
        if answer.cookies or "Cookie" in answer.headers.get("Vary", ""):
            wrong.append(f"{page.example}: {answer.cookies} {answer.headers.get('Vary')}")
        if answer.headers["Content-Type"].startswith("text/") and "charset=utf-8" not in answer.headers["Content-Type"].lower():
            wrong.append(f"{page.example}: {answer.headers['Content-Type']}")
        if not answer.headers["Content-Type"].startswith("text/html"):
            files.add(page.name)
        if answer["Cross-Origin-Resource-Policy"] == "cross-origin":
            shown_elsewhere.add(page.name)
    assert wrong == []
    assert files == FILES
    assert {"tracker:series_matrix_svg", "tracker:compare_csv", "api:commitments", "tracker:calendar"} <= shown_elsewhere
    assert not {"tracker:home", "tracker:commitment", "tracker:search"} & shown_elsewhere


def whole(answer: Any) -> Any:
    """Return ``answer``, of which everything was read: a file is closed then."""
    answer.getvalue()
    answer.close()
    return answer


@override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_refusals_redirects_and_static_files_carry_every_policy(db: None, client: Client) -> None:
    client.raise_request_exception = False
    answers = {
        "to HTTPS": client.get("/methods/"),
        "static file": whole(client.get("/static/tracker/reaffirmed.css", secure=True)),
        "nothing": client.get("/nothing/", secure=True),
        "repository": client.get("/.git/config", secure=True),
        "out of static": client.get("/static/../config/settings.py", secure=True),
        "environment": client.get("/.env", secure=True),
        "no static file": client.get("/static/nothing.css", secure=True),
        "nothing for programs": client.get("/api/v1/nothing/", secure=True),
        "another host": client.get("/", secure=True, headers={"host": "evil.example"}),
        "another host's file": client.get("/static/tracker/reaffirmed.css", secure=True, headers={"host": "evil.example"}),
        "TRACE": client.trace("/", secure=True),
        "the door": client.get(reverse("account_login"), secure=True),
        "to the door": client.get("/admin/", secure=True),
        "not for strangers": client.put("/admin/logout/", secure=True),
        "no slash": client.get("/methods", secure=True),
    }
    with override_settings(ROOT_URLCONF="tests.config.broken"):
        answers["broken"] = client.get("/broken/", secure=True)
    codes = {name: answer.status_code for name, answer in answers.items()}
    assert codes == {
        "to HTTPS": 301, "static file": 200, "nothing": 404, "repository": 404, "out of static": 404, "environment": 404,
        "no static file": 404, "nothing for programs": 404, "another host": 400,
        "another host's file": 400, "TRACE": 405, "the door": 200, "to the door": 302, "not for strangers": 302, "no slash": 301, "broken": 500,
    }  # fmt: skip
    assert [one for name, answer in answers.items() for one in lacking(answer, name)] == []
    unsafe = [
        name
        for name, answer in answers.items()
        if name not in {"to HTTPS", "another host", "another host's file", "TRACE"} and "Strict-Transport-Security" not in answer
    ]
    assert unsafe == []
    assert b"Traceback" not in answers["broken"].content
    assert {name for name, answer in answers.items() if answer.cookies} == {"the door"}
