"""The entries of the search, their words, and the full-text index of the engine: made, and filled from what is there."""

from __future__ import annotations

from itertools import islice
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from tracker.folding import apart, search_key
from tracker.search import engines
from tracker.search.places import of_day, of_name

LEADS_TO = ("commitment", "party", "participant", "meeting", "source", "citation")
BATCH = 500


def exactly_one() -> Q:
    rule = Q()
    for kept in LEADS_TO:
        rule |= Q(**{f"{name}__isnull": name != kept for name in LEADS_TO})
    return rule


def leads_to(name: str) -> Any:
    return models.ForeignKey(f"tracker.{name}", django.db.models.deletion.CASCADE, related_name="entries", null=True, db_index=False)


def build(apps: Any, schema_editor: Any) -> None:
    engines.build()


def drop(apps: Any, schema_editor: Any) -> None:
    engines.drop()


def fill(apps: Any, schema_editor: Any) -> None:
    """Write the entries of every record that is there already. A frozen copy of what tracker/search/entries.py does."""

    def rows(name: str, *columns: str, **only: Any) -> Any:
        return apps.get_model("tracker", name).objects.filter(**only).order_by("pk").values_list("pk", *columns).iterator(chunk_size=BATCH)

    def entries() -> Any:
        for kind, column in (("commitment", "name_key"), ("party", "name"), ("participant", "name_key")):
            for pk, name in rows(kind, column):
                key = apart(search_key(name))
                yield {"place": of_name(kind, key, pk), "key": key, f"{kind}_id": pk}
        for kind in ("commitment", "participant"):
            for pk, owner, name, key, language in rows(f"{kind}name", f"{kind}_id", "name", "name_key", "language"):
                place = of_name(kind, apart(key), pk, alias=True)
                yield {"place": place, "key": apart(key), "alias": name, "language": language, f"{kind}_id": owner}
        for kind, owner, day in (("meeting", "meeting", "starts_latest"), ("source", "source", "published_latest")):
            for pk, key, when in rows(owner, "words_key", day):
                yield {"place": of_day(kind, when, pk), "key": apart(key), f"{owner}_id": pk}
        for pk, key, when in rows("citation", "words_key", "mention__meeting__starts_latest", mention__isnull=False):
            yield {"place": of_day("passage", when, pk), "key": apart(key), "citation_id": pk}

    SearchEntry = apps.get_model("tracker", "SearchEntry")
    SearchWord = apps.get_model("tracker", "SearchWord")
    waiting = entries()
    while some := [SearchEntry(**values) for values in islice(waiting, BATCH)]:
        SearchEntry.objects.bulk_create(some)
        spelled = ((one.place, each) for one in some if one.source_id is None and one.citation_id is None for each in dict.fromkeys(one.key.split()))
        SearchWord.objects.bulk_create(SearchWord(entry_id=place, word=each, letters=len(each)) for place, each in spelled if len(each) <= 40)


class Migration(migrations.Migration):
    dependencies = [("tracker", "0003_what_lists_ask_for")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                *((name, leads_to(name)) for name in LEADS_TO),
                ("key", models.TextField(help_text="The folded text, every word between spaces.")),
                ("alias", models.CharField(blank=True, help_text="The name as it is written, where it is another than the first.", max_length=200)),
                ("language", models.CharField(blank=True, max_length=12)),
            ],
            options={
                "verbose_name": "entry of the search",
                "verbose_name_plural": "entries of the search",
                "constraints": [
                    models.CheckConstraint(
                        name="searchentry_leads_to_one_record",
                        condition=exactly_one(),
                        violation_error_message="An entry of the search leads to one record.",
                    ),
                ],
                "indexes": [models.Index(fields=[name], name=f"entry_of_{name}", condition=Q(**{f"{name}__isnull": False})) for name in LEADS_TO],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="words", to="tracker.searchentry")),
                ("word", models.CharField(max_length=200)),
                ("letters", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "word of a name",
                "verbose_name_plural": "words of names",
                "indexes": [
                    models.Index(fields=["letters", "word"], name="word_by_length"),
                    models.Index(fields=["word"], name="word_itself"),
                ],
            },
        ),
        migrations.RunPython(build, drop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
