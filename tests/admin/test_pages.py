"""The pages of the admin: they open, they are closed to strangers, and they lead to the public page."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.test import Client
from django.urls import resolve, reverse

from tests.admin.desk import RECORDS, address, change, desk, rows
from tests.costs import assert_cost_is_flat, cost
from tests.universe import Universe
from tracker.models import Citation, Commitment, Meeting, Mention, Party, Redirect

LIST, FORM = 16, 40
every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.model_name)


@every_record
def test_every_list_form_and_history_opens(universe: Universe, editor: Client, model: type[Model]) -> None:
    assert editor.get(address(model, "changelist")).status_code == 200
    assert editor.get(address(model, "add")).status_code == 200
    for row in rows(model):
        assert editor.get(change(row)).status_code == 200
    assert editor.get(address(model, "history", rows(model)[0].pk)).status_code == 200


@every_record
def test_every_filter_and_every_order_opens(universe: Universe, editor: Client, model: type[Model]) -> None:
    page = editor.get(address(model, "changelist"))
    offered = {choice["query_string"] for spec in page.context["cl"].filter_specs for choice in spec.choices(page.context["cl"])}
    orders = {f"?o={sign}{number}" for number in range(1, len(desk(model).list_display) + 1) for sign in ("", "-")}
    assert len(offered) > 1
    for query in offered | orders | {"?state__exact=nonsense", "?p=99", "?nonsense=1"}:
        assert editor.get(address(model, "changelist") + query, follow=True).status_code == 200, query


@every_record
def test_every_page_is_closed_to_strangers(universe: Universe, client: Client, model: type[Model]) -> None:
    row = rows(model)[0]
    for where in (address(model, "changelist"), address(model, "add"), change(row), address(model, "delete", row.pk)):
        assert client.get(where)["Location"] == f"{reverse('admin:login')}?next={where}"
        assert client.post(where, {"state": "draft"})["Location"] == f"{reverse('admin:login')}?next={where}"
    choices = client.get(reverse("admin:autocomplete"), {"app_label": "tracker", "model_name": "mention", "field_name": "meeting"})
    assert choices.status_code == 302


@every_record
def test_somebody_who_may_only_look_can_look(universe: Universe, client: Client, django_user_model: Any, model: type[Model]) -> None:
    reader = django_user_model.objects.create_user("reader", password=None, is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_", content_type__app_label="tracker"))
    client.force_login(reader)
    row = rows(model)[0]
    page = client.get(change(row))
    assert page.status_code == 200
    assert "UncertainDate" not in page.content.decode()
    assert client.post(change(row), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403


@every_record
def test_every_page_carries_the_strict_policy(universe: Universe, editor: Client, model: type[Model]) -> None:
    for where in (address(model, "changelist"), address(model, "add"), change(rows(model)[0])):
        policy = editor.get(where)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@every_record
def test_every_public_record_leads_to_its_page(universe: Universe, editor: Client, model: type[Model]) -> None:
    links = [editor.get(change(row)).context["absolute_url"] for row in rows(model)]
    if model is Redirect:
        assert set(links) == {None}
    else:
        assert {resolve(link).namespace for link in links} == {"tracker"}
        assert Client().get(links[0]).status_code == 200


def test_what_is_not_public_leads_nowhere(universe: Universe, editor: Client) -> None:
    Meeting.objects.filter(slug="oakport-21").update(state="draft")
    meeting = Meeting.objects.get(slug="oakport-21")
    mention = Mention.objects.filter(meeting=meeting)[0]
    citation = Citation.objects.filter(mention=mention)[0]
    for row in (meeting, mention, citation):
        assert editor.get(change(row)).context["absolute_url"] is None


def test_names_that_look_like_markup_are_printed(universe: Universe, editor: Client) -> None:
    Party.objects.filter(slug="league").update(name="<script>alert(1)</script>")
    for where in (address(Party, "changelist"), change(Party.objects.get(slug="league"))):
        assert "<script>alert(1)" not in editor.get(where).content.decode()


def test_a_record_that_is_not_there_is_said_to_be_missing(universe: Universe, editor: Client) -> None:
    for key in ("0", "99999999999999999999999", "nonsense"):
        page = editor.get(address(Commitment, "change", key), follow=True)
        assert page.status_code == 200
        assert "exist" in page.content.decode()


@every_record
def test_lists_and_forms_cost_the_same_with_more_rows(universe: Universe, editor: Client, model: type[Model]) -> None:
    """The form of the first record: nothing is added to what stands beside it."""
    listed, added, changed = address(model, "changelist"), address(model, "add"), change(rows(model)[0])
    pages = {listed: LIST, f"{listed}?q=grown": LIST, added: FORM, changed: FORM}
    assert_cost_is_flat(lambda: [editor.get(page) for page in pages], universe.grow, budget=sum(pages.values()))
    assert [page for page, budget in pages.items() if len(cost(lambda page=page: editor.get(page))) > budget] == []  # type: ignore[misc]
