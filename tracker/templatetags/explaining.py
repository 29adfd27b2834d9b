"""The explanation of a number where it stands: a word that opens what is counted, the formula, and where the rows are."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import template
from django.utils.text import slugify

from tracker.history.results import Trace
from tracker.views import measured
from tracker.vocabulary.meanings import Measure

register = template.Library()


@register.inclusion_tag("tracker/parts/_measure.html", takes_context=True)
def measure(context: template.Context, name: str, label: str = "", row: Trace | None = None, rows: str = "", sign: bool = False) -> dict[str, Any]:
    """Return the word ``label`` (or the measure's own name) with its explanation.

    Where the word beside it leads elsewhere, ``sign`` gives a question mark in its place.
    ``row`` is the trace whose numbers are told, where the page is about one commitment; ``rows`` the address of the rows behind the number.
    Each explanation of a page has an id of its own: the same measure may stand in two tables.
    """
    found = Measure(name)
    # Kept with the request: parts of a page are templates of their own, and share nothing else.
    told: Counter[Measure] = vars(context["request"]).setdefault("explained", Counter())
    told[found] += 1
    return {
        "id": f"m-{slugify(found.value)}-{told[found]}",
        "anchor": f"measure-{found.value}",
        "label": label or found.label,
        "name": found.label,
        "counts": measured.counts(found),
        "formula": measured.formula(found),
        "numbers": measured.numbers(found, row) if row else "",
        "rows": rows,
        "sign": sign,
    }
