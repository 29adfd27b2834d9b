"""The table in which attempts to sign in are counted: that of Django's cache in the database. Sessions from before they had limits end."""

from django.core.management import call_command
from django.db import migrations

TABLE = "signin_counts"


def make_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(TABLE)}")


def end_sessions(apps, schema_editor):
    """In SQL, and only where there are any: a node for readers knows no sessions."""
    if "django_session" in schema_editor.connection.introspection.table_names():
        schema_editor.execute("DELETE FROM django_session")


class Migration(migrations.Migration):
    dependencies = [("tracker", "0012_large_worlds")]

    operations = [migrations.RunPython(make_table, drop_table), migrations.RunPython(end_sessions, migrations.RunPython.noop)]
