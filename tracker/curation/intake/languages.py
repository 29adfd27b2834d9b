"""Which language a text is written in, by its letters and its smallest words. A proposal: an editor sees it beside the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

#: Letters of one language among those that share a script.
_LETTERS: Mapping[str, tuple[str, str]] = {
    "ur": ("ARABIC", "ٹڈڑںےھ"),
    "fa": ("ARABIC", "پچژگ"),
    "uk": ("CYRILLIC", "їєґ"),
    "kk": ("CYRILLIC", "әғқңөұүһ"),
    "be": ("CYRILLIC", "ў"),
}
_SMALL_WORDS: Mapping[str, frozenset[str]] = {
    "en": frozenset(["the", "of", "and", "to", "in", "that", "for", "with", "on", "was", "is"]),
    "de": frozenset(["der", "die", "das", "und", "den", "mit", "von", "zu", "ist", "nicht"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "une", "dans", "que", "pour", "est"]),
    "es": frozenset(["el", "los", "las", "del", "una", "que", "por", "con", "para", "es"]),
    "tr": frozenset(["ve", "bir", "bu", "ile", "için", "olarak", "da", "de"]),
    "uz": frozenset(["va", "bilan", "uchun", "bu", "hamda", "ham", "o'zbekiston"]),
}
_SCRIPTS = {"ARABIC": re.compile(r"[\u0600-\u06ff]"), "CYRILLIC": re.compile(r"[\u0400-\u04ff]"), "HAN": re.compile(r"[\u4e00-\u9fff]")}
#: One letter in so many tells a language; a single name in a quotation does not.
_TELLING = 200


def language_of(text: str) -> str:
    """Return the language tag of ``text``: that of most of its letters; English where nothing tells."""
    counts = {script: len(letters.findall(text)) for script, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] * 2 < sum(character.isalpha() for character in text):
        return _by_small_words(text)
    if script == "HAN":
        return "zh"
    for language, (of_script, letters) in _LETTERS.items():
        if of_script == script and sum(text.count(letter) for letter in letters) * _TELLING >= counts[script]:
            return language
    return "ar" if script == "ARABIC" else "ru"


def _by_small_words(text: str) -> str:
    words = Counter(re.findall(r"[\w']+", text.casefold()))
    found = {language: sum(words[word] for word in small) for language, small in _SMALL_WORDS.items()}
    best = max(found, key=lambda language: found[language])
    return best if found[best] else "en"
