"""What every synthesizer promises, and the cut of a text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from voice.audio import Clip


class Synthesizer(Protocol):
    """Sound from a text. Implementation: voice.tts_piper."""

    name: str
    """Engine and voice, as in `--tts`: "piper:en_US-joe-medium"."""
    slow: bool
    """Whether a long sentence takes so long to make that its first clause should come alone."""

    def speak(self, text: str) -> Iterator[Clip]:
        """Yield one clip per sentence, each as soon as it is made."""


_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s(?=[\"'“‘(\[]?[^\W_a-z])")
"""Where a sentence may end: its sign, closing quotes, a space, then no small letter."""
_LOOKED_AT = 12
"""Characters before a full stop that tell an abbreviation; none of these is longer."""
_LAST_WORD = re.compile(r"(?:^|[\s(\"'“‘\[])((?:[^\W\d_]\.)*[^\W\d_]+)\.$")
_NEVER_LAST = frozenset(
    "adm approx asst ave ca capt cf col cpl dr e.g esp fig figs gen gov hon i.e incl lt maj messrs"
    " mr mrs ms mt mx pres prof rep rev sen sgt st viz vs jan feb mar apr jun jul aug sep sept oct"
    " nov dec".split()
)
"""Abbreviations that something follows: titles, months, "versus", "for example"."""
_SOMETIMES_LAST = frozenset(
    "a.m avg co corp dept est ext inc jr ltd max min p.m sr u.k u.s".split()
)
"""These end a sentence only where a word follows that begins one."""
_NUMBERED = frozenset("no nos vol ch sec art p pp".split())
"""These go on where a number follows."""
_BEGINNERS = frozenset(
    "a an and are but can could did do does for had has have he her his how i if in is it its let"
    " my no not of on one or our she so that the their then there they this to was we were what"
    " when where which who why will with would yes you your tell describe explain".split()
)
"""Words in which sentences begin."""


def sentences(text: str) -> list[str]:
    """Cut a text after ., ! and ? followed by a space and a new sentence.

    No sentence ends after an abbreviation that goes on ("vs.", "Dr.", "No. 3") or an initial.
    """
    line = " ".join(text.split())
    parts, start = [], 0
    for end in _END.finditer(line):
        if _is_end(line, end):
            parts.append(line[start : end.end()].rstrip())
            start = end.end()
    return [part for part in [*parts, line[start:]] if part]


def _is_end(line: str, end: re.Match[str]) -> bool:
    """Tell whether the sign before `end` ends a sentence."""
    before = _LAST_WORD.search(line[max(0, end.start() - _LOOKED_AT) : end.start()])
    if not before or len(end[0]) > 1:
        return True
    word = before[1].lower()
    following = line[end.end() : end.end() + _LOOKED_AT].strip("\"'“‘([")
    begins = re.split(r"[\s,.!?;:'’]", following, maxsplit=1)[0].lower() in _BEGINNERS
    if word in _NEVER_LAST:
        return begins and word in ("st", "dr", "ave")
    if word in _NUMBERED:
        return not following[:1].isdigit()
    is_initial = len(word) == 1 and word != "i" and before[1].isupper()
    return begins if word in _SOMETIMES_LAST or is_initial else True
