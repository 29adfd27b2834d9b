"""Command: load the shipped fixtures into a database that holds no record yet; leave any other alone."""

from __future__ import annotations

from io import StringIO
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load the shipped fixtures into a database that holds no record yet. A database with records is not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        tables = apps.get_app_config("tracker").get_models()
        if any(table._default_manager.exists() for table in tables):
            return
        plan = StringIO()
        call_command("load_fixtures", stdout=plan, stderr=self.stderr)
        # In an empty database everything is new: the line that counts it says enough.
        self.stdout.write(f"Loaded the shipped records: {plan.getvalue().splitlines()[-1]}")
