"""What belongs to the site and not to the article: menus, links to other articles, buttons, comments, the copyright.

Judged by the form of a line and by the words that sites use, and never silently: what is left out is shown to the editor, each line with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate


class Reason(StrEnum):
    MENU = "menu"
    AFTER = "after"
    LINK = "link"
    BUTTON = "button"
    RIGHTS = "rights"
    HEADLINES = "headlines"


@dataclass(frozen=True, slots=True)
class LeftOut:
    line: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Parted:
    article: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


def _one_of(*words: str) -> re.Pattern[str]:
    """Return the pattern of a line that is one of ``words``, whatever its case."""
    return re.compile("|".join(f"(?:{word})" for word in words), re.IGNORECASE)


#: Heads of what follows an article. From such a line on nothing reports anything.
_AFTER = _one_of(
    r"(?:recent|more|related|latest|top|other|popular|similar|trending|featured|most read|most popular|must read|recommended|editor.s picks?)"
    r"(?:\s+(?:stories|story|news|articles?|posts?|reading|from|in|on|for you|headlines|videos?|topics|content|coverage)\b.*)?",
    r"you (?:may|might) (?:also|be).*|read next|up next|what others are reading.*|around the web|sponsored(?: content| links?)?|about the author",
    r"leave a (?:comment|reply).*|(?:\d+ )?(?:comments?|replies|responses)(?: \(\d+\))?|post a comment|join the (?:conversation|discussion).*",
    r"your email address will not be published.*",
    r"читайте также|также по теме|новости по теме|другие новости|популярное|главное сегодня|последние новости|материалы по теме|ещ[её] по теме",
    r"лента новостей|(?:\d+ )?комментари[ийев]+|обсуждение",
    r"مزید (?:خبریں|پڑھیں)|یہ بھی پڑھیں|متعلقہ خبریں|تازہ ترین(?: خبریں)?|تبصرے|اپنا تبصرہ.*|مقبول خبریں",
)
#: Lines that lead elsewhere, wherever they stand.
_LINK = _one_of(
    r"(?:also read|read also|read more|read|see also|must read|related|watch|more on this|click here|continue reading|don.t miss|in case you missed it)"
    r"\s*(?::|\||»|>|–|—|-\s)\s*.*",
    r"(?:also read|read also|read more|see also|continue reading|click here|learn more)\b.{0,160}",
    r"(?:читайте(?: также| ещ[её])?|смотрите также|по теме|подробнее)\s*[:»—-].*",
    r"(?:یہ بھی پڑھیں|مزید پڑھیں)\s*[:：۔-]?.*",
)
_BUTTON = _one_of(
    r"share|tweet|pin|print|email|e-mail|save|copy link|bookmark|like|reply|subscribe|sign (?:in|up)|log ?in|register|advertisement|ad|listen",
    r"facebook|twitter|x|whatsapp|telegram|linkedin|instagram|youtube|reddit|viber|vk|follow|menu|search|home|close|skip|next|previous|prev|back",
    r"scroll to top|back to top|share this.*|share (?:on|via|with).*|follow us.*|subscribe to .*|sign up (?:for|to) .*|download (?:the|our) app.*",
    r"skip to (?:main )?content|(?:click|tap) to .*|tags?\s*:.*|filed under.*|topics?\s*:.*|required fields are marked.*",
    r"accept(?: all)?(?: cookies)?|we use cookies.*|this (?:site|website) uses cookies.*|\d+ (?:shares?|views?|likes?)",
    r"поделиться.*|подписа(?:ться|ывайтесь).*|реклама|печать|распечатать|наверх|теги\s*:.*|метки\s*:.*",
    r"شیئر(?: کریں)?.*|اشتہار|پرنٹ|ہمیں فالو کریں.*|سبسکرائب.*",
)
_RIGHTS = _one_of(
    r"(?:©|\(c\)|copyright\b|авторские права|جملہ حقوق|جملۂ حقوق).{0,200}",
    r".{0,120}(?:all rights reserved|все права защищены|جملہ حقوق محفوظ|جملہ حقوق بحق).{0,80}",
)
_BULLET = re.compile(r"[-–—•*·|/»>«<\d.\s]*")
_SENTENCE_ENDS = re.compile(r"[.!?…:۔؟。][\"'”’»)\]]*$")

#: A head is short; a sentence of the article that begins with the same word is not.
LONGEST_HEAD = 8
LONGEST_BUTTON = 14
PROSE_WORDS = 12
#: A place, a signature or a date may close a text without a full stop: fewer lines than these are no list of headlines.
SHORTEST_LIST = 3
SHORTEST_MENU = 3
LONGEST_MENU_WORD = 3


def parted(lines: Sequence[str]) -> Parted:
    """Return the lines of the article, and those that the site put round it."""
    reasons: dict[int, Reason] = {}
    reasons |= dict.fromkeys(range(_menu_length(lines)), Reason.MENU)
    reasons |= {place: reason for place, line in enumerate(lines) if place not in reasons and (reason := _reason_alone(line))}
    end = _end(lines, reasons)
    reasons |= {place: Reason.AFTER for place in range(end, len(lines)) if place not in reasons}
    reasons |= dict.fromkeys(_closing_list([place for place in range(len(lines)) if place not in reasons], lines), Reason.HEADLINES)
    if len(reasons) == len(lines):
        return Parted(tuple(lines), ())
    article = tuple(line for place, line in enumerate(lines) if place not in reasons)
    return Parted(article, tuple(LeftOut(lines[place], reasons[place]) for place in sorted(reasons)))


def is_prose(line: str) -> bool:
    """Return whether ``line`` is written out: a sentence or more, not a head or a link."""
    return len(line.split()) >= PROSE_WORDS and _SENTENCE_ENDS.search(line) is not None


def _reason_alone(line: str) -> Reason | None:
    """Return why ``line`` is no part of any article, wherever it stands, or None."""
    words = len(line.split())
    if _BULLET.fullmatch(line):
        return Reason.BUTTON
    if words <= LONGEST_BUTTON and _BUTTON.fullmatch(line):
        return Reason.BUTTON
    if words <= 3 * LONGEST_BUTTON and _RIGHTS.fullmatch(line):
        return Reason.RIGHTS
    if words <= 2 * LONGEST_BUTTON and not is_prose(line) and _LINK.fullmatch(line):
        return Reason.LINK
    return None


def _menu_length(lines: Sequence[str]) -> int:
    """Return how many lines at the top are the words of a menu. The title is longer, and a shorter run may be a place and a day."""
    length = next((place for place, line in enumerate(lines) if len(line.split()) > LONGEST_MENU_WORD or _SENTENCE_ENDS.search(line)), 0)
    return length if length >= SHORTEST_MENU else 0


def _end(lines: Sequence[str], reasons: dict[int, Reason]) -> int:
    """Return where the article ends: at the first head of what follows one, if most of the writing stands before it."""
    written = list(accumulate((len(line.split()) if is_prose(line) else 0 for line in lines), initial=0))
    for place, line in enumerate(lines):
        if place in reasons and reasons[place] is not Reason.LINK:
            continue
        head = line.rstrip(" :：»>")
        if len(head.split()) <= LONGEST_HEAD and _AFTER.fullmatch(head):
            if written[place] * 2 > written[-1]:
                return place
            reasons[place] = Reason.LINK
    return len(lines)


def _closing_list(kept: Sequence[int], lines: Sequence[str]) -> Sequence[int]:
    """Return the places of a list of headlines that closes what is ``kept``: several lines, none of them a sentence, after the last that is one."""
    written = [number for number, place in enumerate(kept) if _SENTENCE_ENDS.search(lines[place])]
    tail = kept[written[-1] + 1 :] if written else ()
    return tail if len(tail) >= SHORTEST_LIST else ()
