"""Slugs and keys that are proposed, so that nobody has to make one up."""

from __future__ import annotations

from django.db import models
from django.utils.text import slugify

LONGEST_SLUG = 100


def slug_of(*parts: object, otherwise: str, longest: int = LONGEST_SLUG) -> str:
    """Return the parts as one slug. Names in other than Latin letters leave nothing: then ``otherwise`` stands for them."""
    first, *rest = (slugify(str(part)) for part in parts)
    joined = "-".join(part for part in (first.replace("_", "-") or otherwise, *(part.replace("_", "-") for part in rest)) if part)
    return _cut(joined, longest)


def free_slug(model: type[models.Model], slug: str) -> str:
    """Return ``slug``, or with a number behind it if a record of ``model`` has it already."""
    taken = set(model._default_manager.filter(slug__startswith=slug[: LONGEST_SLUG - 5]).values_list("slug", flat=True))
    return free(slug, taken)


def free(word: str, taken: set[str], longest: int = LONGEST_SLUG) -> str:
    """Return ``word``, or with the first number behind it that is not ``taken``."""
    if word not in taken:
        return word
    return next(one for number in range(2, len(taken) + 3) if (one := f"{_cut(word, longest - 5)}-{number}") not in taken)


def _cut(slug: str, longest: int) -> str:
    """Return the beginning of ``slug``, at a hyphen where there is one."""
    slug = "-".join(part for part in slug.split("-") if part)
    return slug if len(slug) <= longest else slug[:longest].rpartition("-")[0].strip("-") or slug[:longest]
