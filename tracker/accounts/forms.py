"""Forms of allauth with words of ours."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey that replaces the password unless that is not wanted."""

    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    passwordless = forms.BooleanField(
        label=_("Use it instead of the password"),
        required=False,
        initial=True,
        help_text=_("Your device then asks for your finger, your face or its PIN. Otherwise the passkey is asked for after the password."),
    )
