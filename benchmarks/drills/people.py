"""Those who use the application while it is hurt: readers and editors over HTTP, each with their own cookies."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

#: What a request comes to that got no answer at all.
NO_ANSWER = 0
#: Every so manieth request of a reader is for the whole page.
WHOLE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0.0


class Browser:
    """Sends one request at a time on a connection of its own; ``page`` is what an editor works on."""

    def __init__(self, port: int, cookies: Mapping[str, str] | None = None, page: str = "") -> None:
        self.port, self.cookies, self.page = port, dict(cookies or {}), page
        self.fields: list[tuple[str, str]] = []

    def send(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        begun = time.monotonic()
        connection = self.connection()
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        if body is not None:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, told | dict(headers or {}))
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return Answer(NO_ANSWER, seconds=time.monotonic() - begun)
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, text, dict(response.headers.items()), time.monotonic() - begun)

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def open_form(self) -> None:
        """Open the editor's page and keep what is in its form."""
        answer = self.get(self.page)
        assert answer.status == 200, (self.page, answer.status, answer.body[:500])
        form = _Form()
        form.feed(answer.body)
        self.fields = form.fields

    def save(self, name: str) -> Answer:
        """Save the page with another name. A save that was taken is answered with 302."""
        fields = [(field, name if field == "name" else value) for field, value in self.fields]
        return self.send("POST", self.page, urlencode(fields), {"Referer": f"http://127.0.0.1:{self.port}{self.page}"})

    def reads(self) -> str:
        """Return the name that the page shows now."""
        found = re.search(r'<input[^>]*name="name"[^>]*value="([^"]*)"|<input[^>]*value="([^"]*)"[^>]*name="name"', self.get(self.page).body)
        return (found[1] or found[2] or "") if found else ""


class Reader:
    """Reads a page whole now and then, and mostly asks whether it has changed, as browsers do: that takes one query."""

    def __init__(self, port: int, path: str = "/methods/") -> None:
        self.port, self.path, self.tag, self.asked = port, path, "", 0

    def read(self, _one: int) -> Answer:
        """Return the answer; one that says that nothing has changed is as good as the page."""
        time.sleep(0.02)
        self.asked += 1
        whole = self.asked % WHOLE == 0
        answer = Browser(self.port).send("GET", self.path, headers={} if whole else {"If-None-Match": self.tag})
        self.tag = answer.headers.get("ETag", self.tag)
        return replace(answer, status=200) if answer.status == 304 else answer


class _Form(HTMLParser):
    """The fields of the form that an editor sees, with their values."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.select = self.area = ""
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        name = about.get("name", "")
        if tag == "form":
            self.inside = about.get("id", "").endswith("_form") and "logout" not in about.get("id", "")
        elif not self.inside:
            return
        elif tag == "input" and name and about.get("type") not in {"submit", "checkbox", "radio", "file"}:
            self.fields.append((name, about.get("value", "")))
        elif tag == "input" and name and "checked" in about:
            self.fields.append((name, about.get("value", "on")))
        elif tag in {"select", "textarea"}:
            self.select, self.area = (name, "") if tag == "select" else ("", name)
            if tag == "textarea":
                self.fields.append((name, ""))
        elif tag == "option" and self.select and "selected" in about:
            self.fields.append((self.select, about.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self.inside and self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self.select = self.area = ""
        elif tag == "form":
            self.inside = False


@dataclass
class Crowd:
    """Some who do the same over and over, each in a thread of their own, until they are told to stop."""

    act: Callable[[int], Answer]
    number: int
    answers: list[Answer] = field(default_factory=list)

    def __enter__(self) -> Crowd:
        self.stop = threading.Event()
        self.threads = [threading.Thread(target=self.go_on, args=(one,)) for one in range(self.number)]
        for thread in self.threads:
            thread.start()
        return self

    def go_on(self, one: int) -> None:
        while not self.stop.is_set():
            self.answers.append(self.act(one))

    def __exit__(self, *_error: Any) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def failed(self, *fine: int) -> list[Answer]:
        return [answer for answer in self.answers if answer.status not in (fine or (200,))]

    def longest(self) -> float:
        return max((answer.seconds for answer in self.answers), default=0.0)

    def at(self, share: float) -> float:
        """Return the time within which so many of all were answered."""
        every = sorted(answer.seconds for answer in self.answers)
        return every[min(len(every) - 1, int(len(every) * share))] if every else 0.0
