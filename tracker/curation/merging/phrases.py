"""Key phrases in a merge of two sources: each has to stand in the text that stays, in the line that its locator names."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.evidence import LocatorError, lines_with, stands_at
from tracker.models import Citation

from .moves import How, Moves


def place_phrases(moves: Moves, kept: Any, gone: Any, text: str) -> None:
    """Give citations the line in which their phrase stands in ``text``, where it is another; refuse what does not stand there at all."""
    if not text or kept.text == gone.text:
        return
    unsure = 0
    owners = [source.pk for source in (kept, gone) if source.text != text]
    for one in Citation.objects.filter(source__in=owners).order_by("pk").select_related("mention__commitment", "mention__meeting"):
        if not one.phrase:
            unsure += bool(one.locator)
        elif not _stands(text, one.locator, one.phrase):
            _place(moves, one, lines_with(text, one.phrase))
    if unsure:
        told = ngettext(
            "%(number)d citation is in our words only: look whether its line is the same in the text that stays.",
            "%(number)d citations are in our words only: look whether their lines are the same in the text that stays.",
            unsure,
        )
        moves.notes.append(told % {"number": unsure})


def _stands(text: str, locator: str, phrase: str) -> bool:
    try:
        return stands_at(text, locator, phrase)
    except LocatorError:
        return False


def _place(moves: Moves, citation: Any, lines: list[int]) -> None:
    if len(lines) == 1:
        moves.shift(Citation, [citation.pk], {"locator": citation.locator}, {"locator": str(lines[0])})
        moves.tell(Citation, [citation.pk], How.REPLACE)
        return
    told = {"phrase": citation.phrase, "owner": citation.mention or citation.milestone or citation.deadline, "number": len(lines)}
    if lines:
        moves.refusals.append(_("“%(phrase)s” (%(owner)s) stands in %(number)d lines of the text that stays: correct its line first.") % told)
    else:
        moves.refusals.append(_("“%(phrase)s” (%(owner)s) does not stand in the text that stays: keep the other text, or correct the phrase first.") % told)
