"""The number that says how often what readers can see has changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0007_what_was_loaded")]

    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="number")),
            ],
            options={"verbose_name": "version of the data", "verbose_name_plural": "versions of the data"},
        ),
    ]
