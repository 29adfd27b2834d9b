"""Passwords that whoever knows this project would try first."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Words of the project and of its subject. One may stand in a long password; a password may not be made of them.
WORDS = (
    "reaffirmed", "commitment", "matrix", "editor", "reviewer", "administrator", "admin", "analyst", "password", "welcome", "secret",
    "pakistan", "russia", "islamabad", "moscow", "karachi", "lahore", "kremlin", "foreign", "ministry", "office", "embassy",
)  # fmt: skip
#: Characters that must be left when the words, and digits and signs, are taken away.
LEFT = 8


class WordsAnybodyWouldTry:
    """Refuses passwords that are little more than such words, the account's name and a number."""

    def validate(self, password: str, user: Any = None) -> None:
        name = str(getattr(user, "username", "") or "").casefold()
        rest = password.casefold()
        for word in (*WORDS, *([name] if len(name) > 2 else [])):
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(re.sub(r"[\W\d_]", "", rest)) < LEFT:
            raise ValidationError(_("This password is little more than words that anybody would try here. Add some of your own."), code="password_of_words")

    def get_help_text(self) -> str:
        return _("Your password can’t be made of the project’s own words.")
