"""Command: load the shipped fixtures into a database that holds no record yet; leave any other alone."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Load the shipped fixtures into a database that holds no record yet. A database with records is not touched."

    def handle(self, *args: Any, **options: Any) -> None:
        tables = apps.get_app_config("tracker").get_models()
        if not any(table._default_manager.exists() for table in tables):
            call_command("load_fixtures", stdout=self.stdout, stderr=self.stderr, verbosity=options["verbosity"])
