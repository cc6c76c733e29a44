"""Whether what a brief says stands in its sources: numbers, names, and the lines it points to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.brief_write.items import Item
from agent.interview.words import COMMON
from agent.text.facts import facts_of
from agent.text.numbers import find_numbers
from agent.text.words import content_words, word_set

_CITED = re.compile(r"(Posting|Resume), line (\d+): “([^”]*)”")
_NUMBER = re.compile(r"(?<!\w)[~$€£]?\d+(?:[.,:]\d+)*\w*(?:\s?[%+])?")
_TIMES = re.compile(
    r"\b(?:halv(?:e|es|ed|ing)|doubl\w+|tripl\w+|quadrupl\w+|twice|\w+fold)\b", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<![\w'’])[A-Z][\w'’&+#.-]*")


@dataclass(frozen=True)
class Cited:
    """A line that a reason points to."""

    source: str
    """"Posting" or "Resume"."""
    line: int
    """Its number, from 1."""
    quote: str
    """What is quoted of it."""


def cite(source: str, item: Item) -> str:
    """Return the words that point to a line: `Posting, line 12: “Experience with…”`."""
    return f"{source}, line {item.number}: “{item.excerpt().replace('”', chr(34))}”"


def cited_in(why: str) -> Cited | None:
    """Return the line that a reason points to, None where it points to none."""
    found = _CITED.search(why)
    return Cited(found[1], int(found[2]), found[3]) if found else None


def stands_in(fact: str, text: str) -> bool:
    """Return whether a number or name stands in a text as it is, and as a whole."""
    wanted, source = _even(fact), _even(text)
    # "40" is not "~40", "$40", "140", "0.40" or "40.5"; "C" is not "C++".
    before = r"(?<![\w~$€£])(?<!\d[.,])" if wanted[:1].isdigit() else r"(?<!\w)"
    return bool(re.search(rf"{before}{re.escape(wanted)}(?!\w|[+#]|[.,]\d)", source))


def missing_facts(text: str, source: str, close: str = "") -> tuple[str, ...]:
    """Return the numbers and names of a text that do not stand in its source.

    Args:
        text: what is claimed.
        source: where names must stand.
        close: where each number must stand, with the word after it; "" for the source.
    """
    facts = dict.fromkeys(facts_of("it", text).names)
    facts |= dict.fromkeys(hit.text for hit in find_numbers(text) if not _NUMBER.search(hit.text))
    facts |= dict.fromkeys(hit[0].strip() for hit in _NUMBER.finditer(text))
    facts |= dict.fromkeys(_TIMES.findall(text))
    facts |= dict.fromkeys(word.rstrip(".'’-") for word in _CAPITAL.findall(text))
    missing = [fact for fact in facts if not _known(fact, source)]
    missing += [told for told in _numbers_with_word(text) if not stands_in(told, close or source)]
    return tuple(dict.fromkeys(missing))


def is_own_words(text: str, source: str) -> bool:
    """Return whether every telling word of a text stands in its source, by stem.

    Names are left to missing_facts; words of any interview ("result", "work") tell nothing.
    """
    known = {word.stem for word in content_words(source)}
    told = (word for word in content_words(text) if word.written.islower())
    return all(word.stem in known for word in told if word.written not in COMMON)


def numbers_in_order(text: str, source: str) -> bool:
    """Return whether the figures of a text come in the order of the source: 9 to 4, not 4 to 9."""
    left = iter(_NUMBER.findall(source))
    return all(any(number == other for other in left) for number in _NUMBER.findall(text))


def _known(fact: str, source: str) -> bool:
    """Return whether a fact stands in the source; the first word of a sentence may be any case."""
    if stands_in(fact, source) or fact.removesuffix("'s").lower() in COMMON | _OPENERS:
        return True
    plain_word = fact.isalpha() and fact[1:].islower()
    return plain_word and stands_in(fact.lower(), source)


_OPENERS = word_set(
    "i my our we it the this that at in on as after when with for to by they here their suppose"
    " imagine explain outline consider compare pick given looking looks shows tests probes checks"
    " reveals invites asks asked requires wants seeks posting resume candidate"
)
"""Words that begin a sentence and name nothing."""


def _numbers_with_word(text: str) -> list[str]:
    """Return each number with the word after it where that word says what is counted."""
    found = re.finditer(
        r"(?<!\w)[~$€£]?\d+(?:[.,:]\d+)*[%+]?(?: (?:thousand|million|billion))?[ -]([a-z]+)", text
    )
    return [hit[0] for hit in found if hit[1] not in COMMON]


def _even(text: str) -> str:
    """Return a text with one kind of quote, dash and white space."""
    table = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})
    return " ".join(text.translate(table).split())
