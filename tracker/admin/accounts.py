"""Accounts in the admin: who may give the roles of the desk may not thereby take every right."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.accounts.journal import note
from tracker.accounts.sessions import end_sessions

# Codes, passkeys and sessions are their owner's: nobody reads or writes those of others at the desk.
for _table in (EmailAddress, Authenticator, UserSession):
    if admin.site.is_registered(_table):
        admin.site.unregister(_table)
admin.site.unregister(User)

#: Rights beyond the roles.
BEYOND = ("is_superuser", "user_permissions")


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Only a superuser makes superusers, gives single permissions, and touches the account of a superuser."""

    actions = ("end_all_sessions",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if _is_super(request) else (*fields, *BEYOND)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not obj.is_superuser or _is_super(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_superuser or _is_super(request))

    @admin.action(description=gettext_lazy("End all sessions"), permissions=["change"])
    def end_all_sessions(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            if not self.has_change_permission(request, user):
                self.message_user(request, _("Only a superuser ends the sessions of %(name)s.") % {"name": user}, messages.ERROR)
                continue
            ended = end_sessions(user)
            note(f"all sessions ended by {request.user.get_username()}", request, user.get_username())
            said = ngettext("%(count)s session of %(name)s ended.", "%(count)s sessions of %(name)s ended.", ended)
            self.message_user(request, said % {"count": ended, "name": user}, messages.SUCCESS)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Write down who changed what of an account, its roles before all."""
        super().save_related(request, form, formsets, change)
        what = ", ".join(sorted(form.changed_data)) or "nothing"
        note(f"account {'changed' if change else 'made'} by {request.user.get_username()} ({what})", request, form.instance.get_username())


def _is_super(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
