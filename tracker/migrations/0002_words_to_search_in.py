"""What is said in titles, phrases and paraphrases, folded for searching in any script."""

from __future__ import annotations

from typing import Any

from django.db import migrations

import tracker.models.named

SOURCES = {"meeting": ["title", "place", "occasion"], "source": ["title", "publisher"], "citation": ["phrase", "paraphrase"]}
BATCH = 500


def fold(apps: Any, schema_editor: Any) -> None:
    """Write the new column of every row that is there already."""
    for name, fields in SOURCES.items():
        model = apps.get_model("tracker", name)
        rows = model.objects.using(schema_editor.connection.alias)
        key = model._meta.get_field("words_key")
        batch = []
        for row in rows.only("pk", *fields).iterator(chunk_size=BATCH):
            row.words_key = key.folded({field: getattr(row, field) for field in fields})
            batch.append(row)
            if len(batch) == BATCH:
                rows.bulk_update(batch, ["words_key"])
                batch = []
        rows.bulk_update(batch, ["words_key"])


class Migration(migrations.Migration):
    dependencies = [("tracker", "0001_initial")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="words_key",
                field=tracker.models.named.SearchTextField(blank=True, db_default="", editable=False, source=fields),
            )
            for name, fields in SOURCES.items()
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
    ]
