"""What the list lacks is added at the reading desk, after the editor was told what it looks like."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.admin.desk import form_of
from tests.admin.table import VOICED, Desk
from tests.universe import Universe
from tracker.models import Commitment
from tracker.models.edit import versions_of


@pytest.fixture
def desk(universe: Universe, editor: Client) -> Desk:
    return Desk(editor)


def test_a_commitment_is_added_from_the_desk_after_its_hints(desk: Desk) -> None:
    typed = {"new-name": "Ferry lines", "new-kind": "project", "new-parent": Commitment.objects.get(slug="transport").pk, "new-criteria": "It runs."}
    first = desk.client.post(desk.address, desk.sent(ferry_line=VOICED) | typed | {"_add": "1"})
    assert [one.commitment.slug for one in first.context["adding"].alike] == ["ferry-line"]
    assert form_of(first)[f"{desk.key('ferry-line')}-confirmed"] == ["on"]
    second = desk.client.post(desk.address, desk.sent() | typed | {"new-different": "on", "_add": "1"})
    row = Commitment.objects.get(name="Ferry lines")
    assert second["Location"].endswith(f"#row-{row.pk}")
    assert (row.slug, row.state, row.series.slug, row.parties.count()) == ("ferry-lines", "draft", "northmark-southland", 2)
    version: Any = versions_of(Commitment)._default_manager.get(id=row.pk)
    assert (version.edit.by.username, version.parties.count()) == ("editor", 2)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"new-name": "Паром", "new-kind": "project"}, "Everything that is no area hangs under its area"),
        ({"new-name": "", "new-kind": "area"}, "required"),
        ({"new-name": "Salt mill", "new-kind": "area", "new-different": "on"}, "already"),
        ({"new-name": "x\x00", "new-kind": "area"}, "Null"),
        ({"new-name": "Паром", "new-kind": "project", "new-parent": "9" * 30}, "Select a valid choice"),
    ],
)
def test_a_commitment_that_cannot_be_added_is_told_why(desk: Desk, typed: dict[str, str], told: str) -> None:
    response = desk.client.post(desk.address, desk.sent() | typed | {"_add": "1"})
    assert response.status_code == 200
    assert told in str(response.context["adding"].errors)
