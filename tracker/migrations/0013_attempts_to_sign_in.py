"""The table in which attempts to sign in are counted: that of Django's cache in the database."""

from django.core.management import call_command
from django.db import migrations

TABLE = "signin_counts"


def make_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0012_large_worlds")]

    operations = [migrations.RunPython(make_table, drop_table)]
