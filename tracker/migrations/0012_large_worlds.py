"""A token beside the number of the data, which comes again after a backup was restored; and the order in which large lists are read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0011_merges")]

    operations = [
        migrations.AddField(
            model_name="dataversion",
            name="token",
            field=models.CharField(blank=True, db_default="", default="", max_length=16, verbose_name="token"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["-starts_latest", "-starts_earliest", "slug"], name="meeting_newest_first"),
        ),
    ]
