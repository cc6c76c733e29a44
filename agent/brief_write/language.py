"""Whether a text is in English, by its commonest words."""

from __future__ import annotations

import re

from agent.coverage.lists import word_set

# Our own lists of the commonest short words of each language; words that two of them share are
# left out, and so are those that stand in English texts as names or terms.
_ENGLISH = word_set(
    "the and you with our your are will from that this their they by have who or it as is we of to"
    " for been was at on"
)
_OTHERS = (
    word_set("der die das und mit für wir sie ist den dem ein eine einen auf zu nicht bei im von"),
    word_set("le les des une et dans pour vous nous avec sur est au aux du votre notre qui"),
    word_set("el los las y del una con para por es en su nuestro que como más al"),
    word_set("il gli della di e che per con nel una sono del alla dei come più"),
    word_set("het een en van voor met je wij zijn op te bij jouw onze niet aan"),
    word_set("os da do em uma com para dos das você nosso que não ao por"),
    word_set("och att som är på med för vi du den det av og til ikke er"),
)
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 20
"""Shorter texts are taken as they are: too few words to tell."""


def is_english(text: str) -> bool:
    """Return whether English words are at least as common as those of any other language known.

    A text of which most letters are not Latin is in another language, too.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    letters = [letter for word in words for letter in word]
    if sum(letter < "\u0250" for letter in letters) * 2 < len(letters):
        return False
    if len(words) < _FEWEST_WORDS:
        return True
    english = sum(word in _ENGLISH for word in words)
    return all(english >= sum(word in other for word in words) for other in _OTHERS)
