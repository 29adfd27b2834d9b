"""The shapes of all marks as one sprite."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from tracker.charts import shapes

register = template.Library()


@register.simple_tag
def sprite() -> SafeString:
    """Return the symbols that the marks of a page refer to."""
    return mark_safe(shapes.sprite())  # noqa: S308  drawn by us
