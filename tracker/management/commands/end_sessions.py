"""End every session of an account: after a lost machine, a password that others may know, or when somebody leaves."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from tracker.accounts.journal import note
from tracker.accounts.sessions import end_sessions


class Command(BaseCommand):
    help = "End all sessions of an account, wherever they were begun."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name of the account")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(f"There is no account {options['name']}.")
        ended = end_sessions(user)
        note("all sessions ended", None, options["name"])
        self.stdout.write(f"{ended} session{'' if ended == 1 else 's'} of {options['name']} ended.")
