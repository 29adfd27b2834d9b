"""A first version of every record that was there before the history of edits began.

It belongs to no edit, so that the public log does not tell of it; the next edit of the record is compared with it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When

#: What each record hangs on, as it stood when this was written.
HANGS_ON: dict[str, tuple[str, ...]] = {
    "Party": (),
    "Participant": ("home_party",),
    "ParticipantName": ("participant",),
    "Series": (),
    "Source": ("issued_by",),
    "Commitment": ("series", "parent"),
    "CommitmentName": ("commitment",),
    "Meeting": ("series", "part_of"),
    "Attendance": ("meeting", "party", "participant"),
    "Report": ("meeting", "source"),
    "Mention": ("commitment", "meeting"),
    "Milestone": ("commitment", "meeting"),
    "Deadline": ("commitment", "stated_at"),
    "Citation": ("mention", "milestone", "deadline", "source"),
    "Redirect": (),
}
PAIRS = {"Series": "parties", "Commitment": "parties", "Meeting": "remit"}
WITHOUT_STATE = {"ParticipantName", "CommitmentName", "Attendance", "Report", "Citation"}
#: Of these no version was ever kept; ``revision`` came later.
UNKEPT = {"text", "name_key", "words_key", "revision"}
LEVELS_ABOVE = 2


def public(model: Any, prefix: str = "", above: int = LEVELS_ABOVE) -> Q:
    """Return the condition under which a row is public: it and everything it hangs on is published."""
    name = model._meta.object_name
    rule = Q() if name in WITHOUT_STATE else Q(**{f"{prefix}state": "published"})
    for key in HANGS_ON[name]:
        field = model._meta.get_field(key)
        target = field.related_model
        if target is model and above == 0:
            continue
        owner = public(target, f"{prefix}{key}__", above - 1 if target is model else LEVELS_ABOVE)
        rule &= (Q(**{f"{prefix}{key}__isnull": True}) | owner) if field.null else owner
    return rule


def insert(editor: Any, into: Any, columns: dict[str, Any], rows: Any) -> None:
    names = {column.attname: column.column for column in into._meta.concrete_fields}
    wanted = {f"column_{name}": expression for name, expression in columns.items()}
    select, parameters = rows.annotate(**wanted).values_list(*wanted).query.sql_with_params()
    quoted = ", ".join(editor.quote_name(names[name]) for name in columns)
    with editor.connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {editor.quote_name(into._meta.db_table)} ({quoted}) {select}", parameters)


def write_first_versions(apps: Any, schema_editor: Any) -> None:
    table = partial(apps.get_model, "tracker")
    for name in HANGS_ON:
        model, versions = table(name), table(f"Historical{name}")
        shown = Value("") if name == "Redirect" else Case(When(public(model), then=Value("added")), default=Value(""), output_field=models.CharField())
        kept = {field.attname: F(field.attname) for field in model._meta.concrete_fields if field.name not in UNKEPT}
        about = {"history_date": F("created"), "history_type": Value("+"), "history_change_reason": Value(""), "shown": shown}
        insert(schema_editor, versions, kept | about, model._base_manager.order_by("pk"))
        if name in PAIRS:
            through = model._meta.get_field(PAIRS[name]).remote_field.through
            version = versions._base_manager.filter(id=OuterRef(f"{name.lower()}_id")).order_by().values("history_id")[:1]
            columns = {field.attname: F(field.attname) for field in through._meta.concrete_fields} | {"history_id": Subquery(version)}
            insert(schema_editor, table(f"Historical{name}_{PAIRS[name]}"), columns, through._base_manager.order_by("pk"))


class Migration(migrations.Migration):
    dependencies = [("tracker", "0005_edit_history")]

    operations = [migrations.RunPython(write_first_versions, migrations.RunPython.noop)]
