"""Which apps and middleware take part: all of them, or those that a node needs."""

from __future__ import annotations

from collections.abc import Sequence


def by_language(middleware: Sequence[str], languages: Sequence[tuple[str, str]]) -> list[str]:
    """Return the middleware, with the choice of a language by what the browser asks for; with one language there is no choice, and no answer depends on it."""
    place = middleware.index("django.middleware.common.CommonMiddleware")
    chosen = ["django.middleware.locale.LocaleMiddleware"] if len(languages) > 1 else []
    return [*middleware[:place], *chosen, *middleware[place:]]


def for_readers_only(apps: Sequence[str], middleware: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return apps and middleware without those for people who sign in: nothing is left that could be signed in to, or be written by."""
    desk = ("config.apps.DeskConfig", "allauth", "django.contrib.sessions", "django.contrib.messages")
    doors = ("allauth", "django.contrib.auth", "django.contrib.messages", "django.contrib.sessions", "django.middleware.csrf", "tracker.accounts")
    return [app for app in apps if not app.startswith(desk)], [name for name in middleware if not name.startswith(doors)]
