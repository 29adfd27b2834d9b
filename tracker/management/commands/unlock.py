"""Let somebody try again to sign in who tried too often, or who has lost the second factor."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from tracker.accounts.counting import forget_address, start_again
from tracker.accounts.journal import note
from tracker.accounts.sessions import end_sessions


class Command(BaseCommand):
    help = "Forget attempts to sign in: those for an account, from anywhere, or those from an address. An account can also be freed of its second factor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="the name of the account")
        parser.add_argument("--address", help="the network address from which too much was tried")
        parser.add_argument("--forget-second-factor", action="store_true", help="remove the account's codes and passkeys and end its sessions")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["name"] or options["address"]) or (options["forget_second_factor"] and not options["name"]):
            raise CommandError("Name an account, or an address with --address.")
        if options["address"]:
            forget_address(options["address"])
            self.stdout.write(f"Attempts from {options['address']} are forgotten.")
        if options["name"]:
            self._account(options["name"], forget=options["forget_second_factor"])

    def _account(self, name: str, *, forget: bool) -> None:
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account {name}.")
        start_again(name, user.pk)
        note("attempts forgotten", None, name)
        self.stdout.write(f"Attempts to sign in as {name} are forgotten.")
        if forget:
            Authenticator.objects.filter(user_id=user.pk).delete()
            note("second factor removed", None, name, wrong=True)
            self.stdout.write(
                f"The second factor of {name} is removed, sessions ended: {end_sessions(user)}. A password alone signs in until a new one is set up."
            )
