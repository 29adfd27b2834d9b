"""The admin as an editor's browser sees it: its addresses, and what a form would send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import html5lib
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tracker.admin.edits import REASON
from tracker.models import Citation, Commitment, Deadline, Meeting, Mention, Milestone, Participant, Party, Redirect, Series, Source

#: Every kind of record that has pages of its own.
RECORDS: tuple[type[Model], ...] = (Party, Participant, Series, Meeting, Source, Commitment, Mention, Milestone, Deadline, Citation, Redirect)

Sent = dict[str, list[str]]


def address(model: type[Model], page: str, *args: Any) -> str:
    """Return the address of a ``page`` of ``model``: changelist, add, change, delete."""
    return reverse(f"admin:tracker_{model._meta.model_name}_{page}", args=args)


def change(row: Model) -> str:
    return address(type(row), "change", row.pk)


def desk(model: type[Model]) -> Any:
    return admin.site.get_model_admin(model)


def rows(model: type[Model]) -> Any:
    return model._default_manager.order_by("pk")


def form_of(response: Any) -> Sent:
    """Return what a browser sends when the form of the page is saved as it stands."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if form.get("id", "").endswith("_form"))
    sent: Sent = {}
    for name, value in _fields(form):
        sent.setdefault(name, []).append(value)
    return sent


def _fields(form: Any) -> Iterator[tuple[str, str]]:
    for field in form.iter():
        name = field.get("name")
        if not name or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            # A parser drops the first line end, and a browser writes every line end in two characters.
            yield name, (field.text or "").replace("\r\n", "\n").replace("\n", "\r\n")
        elif field.tag == "select":
            yield from ((name, option.get("value", "")) for option in _chosen(field))
        elif field.tag == "input" and field.get("type") not in {"submit", "button", "file"} and _counts(field):
            yield name, field.get("value", "on" if field.get("type") == "checkbox" else "")


def _counts(field: Any) -> bool:
    return field.get("type") not in {"checkbox", "radio"} or field.get("checked") is not None


def _chosen(select: Any) -> list[Any]:
    options = list(select.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None]
    return chosen or ([] if select.get("multiple") is not None else options[:1])


def save(client: Any, where: str, **typed: Any) -> Any:
    """Open the page at ``where``, type over the fields named, and send it. ``citations_0_phrase`` is a field of an inline's first row.

    Where a reason is asked for, one is given.
    """
    sent: dict[str, Any] = dict(form_of(client.get(where)))
    if REASON in sent:
        sent[REASON] = ["Looked up."]
    for name, value in typed.items():
        sent[_spelled(name, sent)] = value
    return client.post(where, sent)


def somebody(role: str, name: str = "") -> Client:
    """Return a client in which somebody with this role is signed in; without a role, somebody who may only sign in."""
    user = get_user_model().objects.create_user(name or role.lower() or "guest", password=None, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


def said(page: Any) -> str:
    """Return the messages on a page."""
    return "\n".join(str(message) for message in page.context["messages"])


def move(client: Any, row: Any, *moves: str, reason: str = "Looked up.") -> str:
    """Press the buttons for these moves in the form of ``row``, one after the other; return what is said at last."""
    heard = ""
    for one in moves:
        page = client.post(change(row), form_of(client.get(change(row))) | {"_move": [one], REASON: [reason]}, follow=True)
        heard = said(page)
    row.refresh_from_db()
    return heard


def _spelled(name: str, sent: Sent) -> str:
    inline, _, rest = name.partition("_")
    number, _, field = rest.partition("_")
    return f"{inline}-{number}-{field}" if f"{inline}-TOTAL_FORMS" in sent and number.isdecimal() else name


def another(client: Any, where: str, inline: str, **typed: Any) -> dict[str, Any]:
    """Return the form at ``where`` with one more row of ``inline``, as the button “Add another” makes it."""
    sent: dict[str, Any] = dict(form_of(client.get(where)))
    number = int(sent[f"{inline}-TOTAL_FORMS"][0])
    blank = {name.replace("__prefix__", str(number)): value for name, value in sent.items() if name.startswith(f"{inline}-__prefix__-")}
    written = {f"{inline}-{number}-{name}": value for name, value in typed.items()}
    return sent | blank | written | {f"{inline}-TOTAL_FORMS": [str(number + 1)]}


def told(response: Any) -> str:
    """Return everything that the page says is wrong."""
    assert response.status_code == 200, f"{response.status_code}: saved, or worse"
    return "\n".join(str(one) for one in response.context["errors"])


def beside(response: Any, field: str) -> str:
    """Return what the page says beside ``field`` of the record's own form."""
    assert response.status_code == 200, f"{response.status_code}: saved, or worse"
    return "\n".join(response.context["adminform"].form.errors.get(field, []))
