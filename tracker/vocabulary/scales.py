"""The two kinds of ordered word list."""

from __future__ import annotations

from typing import Self

from django.db.models import IntegerChoices, TextChoices


class Scale(IntegerChoices):
    """An ordered list kept as a number; in files and addresses a member goes by its word."""

    @property
    def word(self) -> str:
        """Return the member's name as files spell it, for example ``memorandum``."""
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Self:
        """Return the member spelled ``word``; raise ``KeyError`` for a word that is none of them."""
        return cls[word.upper()]

    @classmethod
    def words(cls) -> tuple[str, ...]:
        """Return all words of the scale, lowest first."""
        return tuple(member.word for member in cls)


class Rank(TextChoices):
    """An ordered list kept as text; the order of the members is the order of the scale."""

    @property
    def rank(self) -> int:
        """Return the place of the member on its scale, from 0."""
        return list(type(self)).index(self)
