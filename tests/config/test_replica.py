"""Who is read from where. That a replica that dies costs no reader a page is drilled with two servers: benchmarks/drills."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory, override_settings

from config import replica
from config.readers import PIN
from config.replica import ReadFromReplica, Router
from tracker.models import Party

ROUTER = Router()
STAFF = {"sessionid": "somebody"}


class Reach:
    """A replica that is there until it is lost."""

    def __init__(self) -> None:
        self.lost: list[str] = []

    def is_there(self) -> bool:
        return not self.lost

    def lose(self, error: BaseException) -> None:
        self.lost.append(str(error))


@pytest.fixture
def reach(monkeypatch: pytest.MonkeyPatch) -> Reach:
    there = Reach()
    monkeypatch.setattr(replica, "reach", there)
    return there


def asked(method: str = "GET", path: str = "/", cookies: dict[str, str] | None = None) -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.COOKIES = dict(cookies or {})
    return request


def served(request: HttpRequest, view: Callable[[HttpRequest], object] = lambda _request: None) -> tuple[str, HttpResponse]:
    """Return where the request read after ``view`` had its turn, and the answer."""
    where: list[str] = []

    def answer(asking: HttpRequest) -> HttpResponse:
        view(asking)
        where.append(ROUTER.db_for_read(Party))
        return HttpResponse()

    response = ReadFromReplica(answer)(request)
    assert isinstance(response, HttpResponse)
    return where[-1], response


def write(_request: HttpRequest) -> None:
    assert ROUTER.db_for_write(Session) == "default"


def test_what_serves_no_request_reads_where_it_writes(reach: Reach) -> None:
    assert ROUTER.db_for_read(Party) == "default"
    assert ROUTER.allow_migrate("default", "tracker")
    assert not ROUTER.allow_migrate("replica", "tracker")


def test_only_who_is_nobody_in_particular_reads_the_replica(reach: Reach) -> None:
    assert served(asked())[0] == "replica"
    assert served(asked("HEAD", "/commitments/"))[0] == "replica"
    assert [served(one)[0] for one in (asked(cookies=STAFF), asked(path="/admin/"), asked(path="/account/login/"), asked("POST"))] == ["default"] * 4
    # The thread goes on, and what it does next is nobody's request.
    served(asked())
    assert ROUTER.db_for_read(Party) == "default"


def test_who_writes_reads_what_was_written_after_signing_out_too(reach: Reach) -> None:
    where, answer = served(asked("POST", "/admin/logout/", STAFF), write)
    assert where == "default"
    pin = answer.cookies[PIN]
    assert (pin["max-age"], pin["httponly"], pin["samesite"]) == (10, True, "Lax")
    assert served(asked(cookies={PIN: pin.value}))[0] == "default"
    assert served(asked(cookies={PIN: pin.value + "x"}))[0] == "replica"


def test_a_reader_gets_no_cookie_whatever_is_written_meanwhile(reach: Reach) -> None:
    for view in (lambda _request: None, write):
        assert not served(asked(), view)[1].cookies
    assert not served(asked("POST"), write)[1].cookies
    assert not served(asked(cookies=STAFF))[1].cookies


def test_what_the_replica_could_not_answer_is_asked_of_the_primary(reach: Reach) -> None:
    tried: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        tried.append(ROUTER.db_for_read(Party))
        if tried == ["replica"]:
            request.database_error = OperationalError("the server closed the connection")  # type: ignore[attr-defined]
            return HttpResponse(status=503)
        return HttpResponse("the page")

    assert ReadFromReplica(answer)(asked()).status_code == 200
    assert (tried, reach.lost) == (["replica", "default"], ["the server closed the connection"])


def test_what_takes_too_long_is_not_asked_twice(reach: Reach) -> None:
    tried: list[str] = []

    def answer(request: HttpRequest) -> HttpResponse:
        tried.append(ROUTER.db_for_read(Party))
        request.database_error = OperationalError("interrupted")  # type: ignore[attr-defined]
        return HttpResponse(status=503)

    assert ReadFromReplica(answer)(asked()).status_code == 503
    assert (tried, reach.lost) == (["replica"], [])


def test_a_list_that_is_sent_bit_by_bit_goes_on_reading_the_replica(reach: Reach) -> None:
    response = ReadFromReplica(lambda _request: StreamingHttpResponse(ROUTER.db_for_read(Party) for _bit in "ab"))(asked())
    assert isinstance(response, StreamingHttpResponse)
    assert b"".join(response) == b"replica" * 2
    assert served(asked(cookies=STAFF))[0] == "default"


@pytest.mark.django_db
def test_within_a_transaction_all_is_read_where_it_is_written(reach: Reach) -> None:
    assert served(asked())[0] == "default"


def test_a_replica_that_can_not_be_reached_is_left_alone_for_some_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        tried = 0

        def close_if_health_check_failed(self) -> None:
            self.tried += 1
            raise OperationalError("no route to host")

        def close(self) -> None:
            pass

    gone, real = Gone(), replica.Reach()
    monkeypatch.setattr(replica, "connections", {"replica": gone})
    assert [real.is_there() for _reader in range(3)] == [False] * 3
    assert gone.tried == 1
    real.away_until = 0
    assert not real.is_there()
    assert gone.tried == 2


@override_settings(SESSION_COOKIE_NAME="another")
def test_the_session_is_known_by_the_name_it_has(reach: Reach) -> None:
    assert served(asked(cookies=STAFF))[0] == "replica"
    assert served(asked(cookies={"another": "somebody"}))[0] == "default"
