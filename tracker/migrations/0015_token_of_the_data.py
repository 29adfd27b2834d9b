"""A token beside the number of the data: after a backup was restored the same number comes again with other rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tracker", "0010_data_version")]

    operations = [
        migrations.AddField(
            model_name="dataversion",
            name="token",
            field=models.CharField(blank=True, db_default="", default="", max_length=16, verbose_name="token"),
        ),
    ]
