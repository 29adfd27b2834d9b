"""Who may do what at the desk: every address of the admin, by every role, opened and sent to. An address that is not listed here fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.admin.desk import RECORDS, change, form_of, rows, save, somebody
from tests.universe import Universe
from tracker.chronicle import begin
from tracker.curation.merging.carrying import recorded
from tracker.curation.merging.moves import Moves
from tracker.models import Citation, Commitment, Load, Meeting, Mention, Merge, Proposal, Redirect
from tracker.models.edit import versions_of

STRANGER, GUEST, EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER = ROLES = ("stranger", "guest", "Editor", "Reviewer", "Administrator", "superuser")
NOBODY: frozenset[str] = frozenset()
ABOVE_ALL = frozenset({SUPERUSER})
KEEPERS = ABOVE_ALL | {ADMINISTRATOR}
DECIDING = KEEPERS | {REVIEWER}
DESK = DECIDING | {EDITOR}
STAFF = DESK | {GUEST}

#: For each page of a kind of record: who may open it, and who may send its form. Drafts where it matters.
Rights = Mapping[str, tuple[frozenset[str], frozenset[str]]]
OF_A_RECORD: Rights = {
    "changelist": (DESK, DESK),
    "add": (DESK, DESK),
    "change": (DESK, DESK),
    "delete": (DESK, DESK),
    "history": (DESK, DESK),
    "restore": (DESK, DESK),
}
#: Records of which two can turn out to be one are merged by those who decide what readers see.
MERGED: Rights = {"merge": (DECIDING, DECIDING)}
#: Taking in a document, and the desk on which it is read.
OF_A_SOURCE: Rights = {**OF_A_RECORD, **MERGED, **dict.fromkeys(("take_in", "readings", "read"), (DESK, DESK))}
OF_A_REDIRECT: Rights = {
    "changelist": (DESK, DESK),
    "add": (DECIDING, DECIDING),
    "change": (DESK, DECIDING),
    "delete": (KEEPERS, KEEPERS),
    "history": (DESK, DESK),
    "restore": (DECIDING, DECIDING),
}
OF_A_PROPOSAL: Rights = {"changelist": (DESK, DESK), "add": (NOBODY, NOBODY), "change": (DESK, DECIDING), "delete": (NOBODY, NOBODY), "history": (DESK, DESK)}
OF_A_MERGE: Rights = {
    "changelist": (DESK, DESK),
    "add": (NOBODY, NOBODY),
    "change": (DESK, DECIDING),
    "delete": (NOBODY, NOBODY),
    "history": (DESK, DESK),
    "duplicates": (DESK, DESK),
}
OF_AN_ACCOUNT: Rights = {
    "changelist": (KEEPERS, KEEPERS),
    "add": (KEEPERS, KEEPERS),
    "change": (KEEPERS, KEEPERS),
    "delete": (ABOVE_ALL, ABOVE_ALL),
    "history": (KEEPERS, KEEPERS),
}
OF_A_ROLE: Rights = {
    "changelist": (KEEPERS, KEEPERS),
    "add": (ABOVE_ALL, ABOVE_ALL),
    "change": (KEEPERS, ABOVE_ALL),
    "delete": (ABOVE_ALL, ABOVE_ALL),
    "history": (KEEPERS, KEEPERS),
}
OF_THE_SITE: Rights = {
    **dict.fromkeys(("index", "password_change", "password_change_done", "jsi18n"), (STAFF, STAFF)),
    "auth_user_password_change": (KEEPERS, KEEPERS),
    "view_on_site": (STAFF, STAFF),
    "app_list": (DESK, DESK),
    "work": (DESK, DESK),
    "guide": (STAFF, STAFF),
    **dict.fromkeys(("load", "load_run"), (KEEPERS, KEEPERS)),
    # It takes no forms, and says so to everybody whom it lets in.
    "autocomplete": (DESK, STAFF),
}
EMPTY = recorded(Moves())
#: Open to everybody by their nature, or with no page of their own: the door itself, the way out, and what leads elsewhere.
WITHOUT_RIGHTS = {"login", "logout", "(?P<url>.*)$", "<path:object_id>/"}


def rights() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return who may do what, by the name of the address."""
    kinds: dict[str, Rights] = {f"tracker_{model._meta.model_name}": OF_A_RECORD for model in RECORDS}
    kinds |= {
        **{f"tracker_{kind}": {**OF_A_RECORD, **MERGED} for kind in ("commitment", "participant")},
        "tracker_source": OF_A_SOURCE,
        "tracker_merge": OF_A_MERGE,
        "tracker_redirect": OF_A_REDIRECT,
        "tracker_proposal": OF_A_PROPOSAL,
        "auth_user": OF_AN_ACCOUNT,
        "auth_group": OF_A_ROLE,
    }
    return {f"{kind}_{page}": who for kind, some in kinds.items() for page, who in some.items()} | dict(OF_THE_SITE)


def names(patterns: Any) -> Iterator[str]:
    """Yield the name of every address under ``patterns``, or its pattern where it has none."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


def test_every_address_of_the_admin_is_listed() -> None:
    desk = next(one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and one.app_name == "admin")
    assert set(names(desk.url_patterns)) == set(rights()) | WITHOUT_RIGHTS


@pytest.fixture
def addresses(universe: Universe, roles: None) -> dict[str, str]:
    """Return an address of each name; the records are drafts, so that all can be done with them that can be."""
    drafts: dict[Any, Any] = {}
    for model in (model for model in RECORDS if model is not Redirect):
        row: Any = rows(model).last()
        owner: Any = row.mention or row.milestone or row.deadline if model is Citation else row
        type(owner)._default_manager.filter(pk=owner.pk).update(state="draft")
        drafts[model] = row
    drafts[Redirect] = Redirect.objects.first()
    changes: dict[str, Any] = {"record": {}, "rows": {}}
    proposal = Proposal.objects.create(kind="meeting", row=drafts[Meeting].pk, revision=1, changes=changes, reason="So.", made=datetime(2026, 1, 1, tzinfo=UTC))
    merge = Merge.objects.create(edit=begin(datetime(2026, 1, 1, tzinfo=UTC)), kind="commitment", kept=drafts[Commitment].pk, gone=0, reason="So.", moves=EMPTY)
    owners: dict[Any, Any] = {**drafts, Proposal: proposal, Merge: merge, User: User.objects.create_user("colleague"), Group: Group.objects.get(name="Editor")}
    return dict(_addresses(owners))


def _addresses(owners: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    run = Load.objects.latest("edit_id").edit.key
    fixed = {"view_on_site": "admin/r/1/1/", "app_list": "admin/tracker/", "work": "admin/work/read/", "guide": "admin/guide/editing/"}
    fixed |= {"load_run": f"admin/load/{run}/"}
    for name in rights():
        model = next((model for model in owners if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")), None)
        if model is None:
            query = "?app_label=tracker&model_name=mention&field_name=meeting" if name == "autocomplete" else ""
            yield name, f"/{fixed[name]}" if name in fixed else reverse(f"admin:{name}") + query
            continue
        row, page = owners[model], name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
        args: list[int] = [] if page in {"changelist", "add", "take_in", "duplicates"} else [row.pk]
        if page == "restore":
            args.append(versions_of(model)._default_manager.filter(id=row.pk).latest("history_id").pk)
        elif page == "read":
            args.append(owners[Meeting].pk)
        yield name, reverse(f"admin:{name}", args=args)


def signed_in(role: str) -> Client:
    client = Client()
    if role == SUPERUSER:
        client.force_login(User.objects.create_superuser("root"))
    return client if role in {STRANGER, SUPERUSER} else somebody(role if role != GUEST else "", role.lower())


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_and_sends_what_it_may_and_nothing_else(addresses: dict[str, str], role: str) -> None:
    client, wrong = signed_in(role), []
    for name, (open_to, sent_by) in rights().items():
        for method, allowed in (("get", open_to), ("post", sent_by)):
            answer = getattr(client, method)(addresses[name])
            to_the_door = answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
            # A page that takes no forms says so to everybody whom it lets in, and what leads to a public page may lead nowhere.
            refused = to_the_door or answer.status_code in {403, 404}
            if refused == (role in allowed) and (name, answer.status_code) != ("view_on_site", 404):
                wrong.append((name, method, answer.status_code))
            assert answer.status_code < 500, (name, method)
    assert wrong == []


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER])
def test_nobody_deletes_what_was_published_nor_writes_history(universe: Universe, roles: None, role: str) -> None:
    client, meeting = signed_in(role), Meeting.objects.get(slug="reed-24")
    assert client.post(reverse("admin:tracker_meeting_delete", args=[meeting.pk]), {"post": "yes"}).status_code == 403
    assert not [model for model in admin.site._registry if model.__name__.startswith("Historical") or model.__name__ in {"Edit", "Load"}]
    before = versions_of(Meeting)._default_manager.count()
    assert client.post(reverse("admin:tracker_meeting_history", args=[meeting.pk]), {"_save": "1"}).status_code == 200
    assert versions_of(Meeting)._default_manager.count() == before


def test_an_editor_neither_restores_nor_decides_what_readers_see(universe: Universe, roles: None) -> None:
    client, mention = signed_in(EDITOR), Mention.objects.first()
    assert mention is not None
    version = versions_of(Mention)._default_manager.filter(id=mention.pk).latest("history_id").pk
    assert client.get(reverse("admin:tracker_mention_restore", args=[mention.pk, version])).status_code == 403
    assert save(client, change(mention), summary="Other.").status_code == 302
    mention.refresh_from_db()
    assert mention.summary == ""


def test_an_administrator_gives_roles_and_takes_no_rights(universe: Universe, roles: None) -> None:
    client = signed_in(ADMINISTRATOR)
    user, root = User.objects.create_user("colleague"), User.objects.create_superuser("owner")
    where = reverse("admin:auth_user_change", args=[user.pk])
    sent: dict[str, Any] = dict(form_of(client.get(where)))
    assert not {"is_superuser", "user_permissions"} & set(sent)
    more = {"groups": [Group.objects.get(name="Reviewer").pk], "is_superuser": "on", "user_permissions": [Permission.objects.first().pk], "is_staff": "on"}  # type: ignore[union-attr]
    assert client.post(where, sent | more).status_code == 302
    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count(), user.groups.get().name) == (False, 0, "Reviewer")
    for page in ("change", "password_change"):
        name = f"admin:auth_user_{page}"
        assert client.post(reverse(name, args=[root.pk]), {"is_active": ""}).status_code == 403
    root.refresh_from_db()
    assert root.is_active


def test_the_roles_hold_each_other_in_turn(roles: None) -> None:
    held = {name: set(Group.objects.get(name=name).permissions.values_list("codename", flat=True)) for name in (EDITOR, REVIEWER, ADMINISTRATOR)}
    assert held[EDITOR] < held[REVIEWER] < held[ADMINISTRATOR]
    assert not [one for one in held[EDITOR] if one.startswith("publish_") or one.endswith(("_user", "_group", "_permission"))]
    assert len([one for one in held[REVIEWER] if one.startswith("publish_")]) == 9
    assert not [one for one in held[ADMINISTRATOR] if one.endswith("_permission") or one in {"change_group", "add_group", "delete_group", "delete_user"}]
