"""The chain that tells whether the history of edits was changed after it was written."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0013_attempts_to_sign_in")]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name="number")),
                ("link", models.CharField(max_length=64, verbose_name="link")),
                (
                    "edit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="seal", to="tracker.edit", verbose_name="edit"
                    ),
                ),
            ],
            options={"verbose_name": "seal", "verbose_name_plural": "seals"},
        ),
    ]
