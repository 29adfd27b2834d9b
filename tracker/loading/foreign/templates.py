"""Templates: text with the names of columns in braces, and the slugs made of what they hold."""

from __future__ import annotations

import re
import unicodedata

from tracker.loading.problems import shown

from .keys import spaced
from .mapping import Piece
from .refusal import RefusalError

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]|[^{}]+")
#: Latin letters that do not come apart into a letter and a mark.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"})
#: Signs that stand within a word and part nothing.
_WITHIN = re.compile("['’‘ʼ`´]")


class TemplateError(ValueError):
    """The template can't be read; the message says why."""


def pieces(template: str) -> tuple[Piece, ...]:
    """Return the parts of a template; raise ``TemplateError`` if a brace stands alone or names nothing."""
    found = []
    for part in _PIECE.finditer(template):
        if (name := part[1]) is not None:
            optional = name.endswith("?")
            if not (name := spaced(name.removesuffix("?"))):
                raise TemplateError(f"{shown(part[0])} names no column")
            found.append(Piece(name=name, may_be_empty=optional))
        elif part[0] in {"{", "}"}:
            raise TemplateError(f"a {part[0]} stands alone")
        else:
            found.append(Piece(text=part[0][0] if part[0] in {"{{", "}}"} else part[0]))
    if not any(piece.name for piece in found):
        raise TemplateError("names no column: it gives the same text in every row")
    return tuple(found)


def slug(text: str) -> str:
    """Return ``text`` as a slug; raise ``RefusalError`` where that would drop a letter or a digit, so that two names could become one."""
    plain = _WITHIN.sub("", text).casefold().translate(_LETTERS)
    plain = "".join(character for character in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(character))
    plain = "".join(str(unicodedata.digit(character)) if character.isdecimal() else character for character in plain)
    if lost := next((character for character in plain if character.isalnum() and not character.isascii()), ""):
        raise RefusalError(
            f"no slug can be made of {shown(text)}: {shown(lost)} is no Latin letter", "give its spelling in a map, or take the slug from another column"
        )
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if text.strip() and not made:
        raise RefusalError(f"no slug can be made of {shown(text)}", "give its spelling in a map")
    return made
