"""Form fields for what people type: uncertain dates, prose, locators, key phrases, particulars, addresses."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tracker.dates import EDTF_HELP, EdtfError, UncertainDate, parse_edtf
from tracker.evidence import LONGEST_PHRASE, LocatorError, parse_locator, word_count
from tracker.vocabulary import Term

#: What can be the key of a row.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


class EdtfField(forms.CharField):
    """One text input for the two columns of an uncertain date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", format_lazy("{write} {forms}.", write=_("Write"), forms=EDTF_HELP))
        super().__init__(max_length=21, **kwargs)

    def clean(self, value: Any) -> UncertainDate | None:
        text = super().clean(value)
        try:
            return parse_edtf(text) if text else None
        except EdtfError as error:
            raise ValidationError(str(error)) from error


class ProseField(forms.CharField):
    """Text of several lines, kept to the character but for the line ends: browsers send their own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


class LocatorField(forms.CharField):
    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace(" ", "")
        try:
            if text:
                parse_locator(text)
        except LocatorError as error:
            raise ValidationError(str(error)) from error
        return text


class PhraseField(forms.CharField):
    def clean(self, value: Any) -> str:
        phrase = " ".join(str(super().clean(value)).split())
        if word_count(phrase) > LONGEST_PHRASE:
            raise ValidationError(_("A key phrase has at most eight words; this one has %(number)s.") % {"number": word_count(phrase)})
        return phrase


class TermsField(forms.MultipleChoiceField):
    """Checkboxes for the particulars that a wording names, stored as text in the order of the vocabulary."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Term.choices, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) and value else value or []

    def clean(self, value: Any) -> str:
        chosen = set(super().clean(value))
        return ",".join(term for term in Term.values if term in chosen)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(self.prepare_value(initial)) != set(data or [])


class WebAddressField(forms.URLField):
    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})

    def clean(self, value: Any) -> str:
        address = str(super().clean(value))
        if "@" in urlsplit(address).netloc:
            raise ValidationError(_("The address holds a user name or password: take it out."))
        return address
