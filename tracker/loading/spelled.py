"""Values as a fixture writes them: the inverse of what the loader makes of them."""

from __future__ import annotations

import unicodedata
from typing import Any

from tracker.vocabulary import Term

from .fields import Field


def written(about: Field, value: Any) -> Any:
    """Return the value of a field as a fixture writes it (a text, a flag, a list of words), or None where it is left out: it is the default."""
    if value is None or (value == "" and about.default is None):
        return None
    told = _told(about, value)
    return None if not about.required and told == about.default else told


def _told(about: Field, value: Any) -> Any:
    match about.matter.sort:
        case "span":
            return value.edtf()
        case "day":
            return value.isoformat()
        case "scale":
            assert about.matter.scale
            return about.matter.scale(value).word
        case "terms":
            return sorted(value.split(","), key=lambda word: Term(word).rank) if value else []
        case "text":
            return canonical(value)
    return value


def canonical(text: str) -> str:
    """Return ``text`` as the loader keeps it: in Unicode's composed form (NFC), no white space around it, and its lines ended by new lines."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
