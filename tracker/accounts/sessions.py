"""Sessions of one account: all of them ended at once, wherever they were begun."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.sessions.models import Session


def end_sessions(user: AbstractBaseUser) -> int:
    """End every session in which ``user`` is signed in; return how many there were.

    Only people who sign in have sessions, so all are looked through: there are as many as people at work.
    """
    theirs = [session.pk for session in Session.objects.iterator() if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user_id=user.pk).delete()
    return len(theirs)
