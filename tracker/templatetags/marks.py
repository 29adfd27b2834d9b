"""The shapes of all marks as one sprite, and what a promised date that passed is marked and called by."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from tracker.charts import between, shapes
from tracker.views import legends, words

register = template.Library()
register.filter("outcome_mark", between.outcome_mark)
register.filter("passed_as", words.passed_as)


@register.inclusion_tag("tracker/parts/_legend.html")
def legend(*, statements: bool = False, cells_only: bool = False) -> dict[str, Any]:
    """Return the legend of a matrix, or of the marks of its cells alone; ``statements`` where they are drawn too."""
    return {"cells": legends.cells(), "more": () if cells_only else (legends.since(statements=bool(statements)), legends.read())}


@register.simple_tag
def sprite() -> SafeString:
    """Return the symbols that the marks of a page refer to."""
    return mark_safe(shapes.sprite())  # noqa: S308  drawn by us
