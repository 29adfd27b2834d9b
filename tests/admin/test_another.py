"""One record after the other: the next form begins with what it has in common with the last, and each coded field says its rule."""

from __future__ import annotations

from django.test import Client

from tests.admin.desk import RECORDS, address, change, desk, form_of, save
from tests.universe import Universe
from tracker.admin.coding import RULES
from tracker.models import Commitment, Meeting, Mention, Milestone


def test_the_next_record_begins_with_what_it_has_in_common_with_the_last(universe: Universe, editor: Client) -> None:
    meeting, thing = Meeting.objects.get(slug="reed-24"), Commitment.objects.get(slug="salt-mill")
    sent = {"commitment": thing.pk, "meeting": meeting.pk, "act": "discussed", "_addanother": "1"}
    answer = save(editor, address(Mention, "add"), **sent)
    assert answer["Location"] == f"{address(Mention, 'add')}?meeting={meeting.pk}"
    fresh = form_of(editor.get(answer["Location"]))
    assert (fresh["meeting"], "commitment" in fresh, fresh["act"]) == ([str(meeting.pk)], False, [""])
    again = save(editor, change(Mention.objects.get(meeting=meeting)), summary="It came up.", _addanother="1")
    assert again["Location"] == answer["Location"]


def test_what_hangs_on_a_record_is_added_from_it(universe: Universe, editor: Client, author: Client) -> None:
    thing = Commitment.objects.get(slug="salt-mill")
    links = dict(editor.get(change(thing)).context["hung_on"])
    assert set(links) == {"mention", "milestone", "deadline"}
    assert form_of(author.get(links["milestone"]))["commitment"] == [str(thing.pk)]
    for nonsense in ("x", "9" * 30, "-1"):
        assert editor.get(f"{address(Milestone, 'add')}?commitment={nonsense}").status_code == 200


def test_every_rule_stands_beside_a_field_that_there_is(universe: Universe, editor: Client) -> None:
    shown = {model._meta.model_name: editor.get(address(model, "add")).content.decode() for model in RECORDS}
    beside = {inline.model._meta.model_name: model._meta.model_name for model in RECORDS for inline in desk(model).inlines}
    for kind, rules in RULES.items():
        for field, rule in rules.items():
            assert str(rule).split("“")[0] in shown[kind if kind in shown else beside[kind]], (kind, field)
