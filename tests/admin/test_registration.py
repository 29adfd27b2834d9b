"""Every table can be corrected in the admin, or is listed here with the reason why not."""

from __future__ import annotations

from django.apps import apps
from django.contrib import admin

from tests.admin.desk import RECORDS, desk
from tracker.models import Attendance, Citation, CommitmentName, Merge, ParticipantName, Proposal, Report
from tracker.models.publication import PublishedRecord

NOT_EDITED = {
    **dict.fromkeys(("summary", "mentionsummary"), "computed from the other records, and refreshed by each save"),
    **dict.fromkeys(("searchentry", "searchword"), "made of the texts of the other records, and made anew with each save"),
    **dict.fromkeys(("edit", "load"), "written by each save and each load, and never changed"),
    **dict.fromkeys(("loaded", "replaced"), "written by each load, so that the next one knows whose a record is and this one can be taken back"),
    "seal": "the link of an edit in the chain that tells whether the history was changed afterwards",
    "fieldlock": "ticked on the page of the record that has the field",
    "apart": "said on the page of likely duplicates, and taken back there",
    "readingdraft": "typed at the reading desk, by one editor, and gone when the reading is finished",
    "dataversion": "counted by each save and each load of which readers see something",
}


def tables() -> set[type]:
    """Return every table, without those of pairs and of versions."""
    return {model for model in apps.get_app_config("tracker").get_models() if not model.__name__.startswith("Historical")}


def beside_a_record() -> set[type]:
    return {inline.model for model in RECORDS for inline in desk(model).inlines}


def test_every_table_has_a_page_or_stands_on_one_or_says_why_not() -> None:
    excused = {apps.get_model("tracker", name) for name in NOT_EDITED}
    assert tables() == {model for model in tables() if admin.site.is_registered(model)} | beside_a_record() | excused


def test_no_table_that_is_excused_is_edited() -> None:
    assert [name for name in NOT_EDITED if admin.site.is_registered(apps.get_model("tracker", name))] == []


def test_the_records_of_these_tests_are_those_of_the_admin() -> None:
    assert {model for model in tables() if admin.site.is_registered(model)} == {*RECORDS, Proposal, Merge}


def test_what_belongs_to_a_record_stands_beside_it() -> None:
    assert beside_a_record() == {Attendance, Report, CommitmentName, ParticipantName, Citation}


def test_every_record_can_be_searched_filtered_and_has_an_order_that_is_settled() -> None:
    lacking = {model: [name for name in ("search_fields", "list_filter", "ordering") if not getattr(desk(model), name)] for model in RECORDS}
    assert {model: names for model, names in lacking.items() if names} == {}
    assert [model for model in RECORDS if desk(model).ordering[-1].lstrip("-") != "pk"] == []


def test_every_record_of_its_own_can_change_its_publication_state() -> None:
    fields = {model: [name for _title, about in desk(model).fieldsets for name in about["fields"]] for model in RECORDS}
    published = [model for model in RECORDS if issubclass(model, PublishedRecord)]
    assert [model for model in published if not {"state", "withdrawn_reason"} <= set(fields[model])] == []


def test_every_key_to_another_record_is_chosen_by_typing() -> None:
    """A list of all sources in one select would grow with the data."""
    places = [*(desk(model) for model in RECORDS), *(inline for model in RECORDS for inline in desk(model).inlines)]
    for place in places:
        shown = {
            name
            for one in (place.fields or [name for _t, about in place.fieldsets for name in about["fields"]])
            for name in ([one] if isinstance(one, str) else one)
        }
        relations = {field.name for field in place.model._meta.get_fields() if field.many_to_one or (field.many_to_many and not field.auto_created)}
        assert shown & relations <= set(place.autocomplete_fields), place
