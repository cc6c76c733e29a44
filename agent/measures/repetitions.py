"""Doubled words and restarts: "the the", "we moved, we moved the", "I was, I had".

Speakers stop, go back one to four words and begin again (Shriberg, "Preliminaries to a theory of
speech disfluencies", thesis, Berkeley 1994: repetitions and substitutions). Emphasis ("very
very"), numbers ("ten ten") and doublings that the grammar asks for ("had had") are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.analysis import Filler, SpokenWord
from agent.measures.filler_rules import is_count
from agent.text.words import word_set

MOST_WORDS = 4
"""Longest stretch that is said again as it was; longer ones are meant."""
MOST_GAP_S = 1.5
"""A longer silence between the two ends the thought: what follows is a new attempt."""

_ON_PURPOSE = word_set(
    "very really so too much many more far long no yes yeah bye okay right now well ha blah again "
    "over had that is was do did and or on by step never ever please wait hello thank you're "
    "hear knock way point double oh zero half times"
)
"""Said twice for emphasis, by the grammar, or in fixed phrases ("on and on", "step by step")."""
_SUBJECTS = word_set("i you he she it we they there")
_AUXILIARIES = word_set(
    "am is are was were have has had do did can could will would should might don't didn't "
    "wasn't couldn't wouldn't can't haven't hadn't"
)
_RELATIVE = word_set("what all everything whatever")
"""After these two clauses in a row are grammar: "what I did I did well"."""
_INSIDE = (("i", "mean"), ("you", "know"))
"""May stand between the two."""


def repetitions_of(words: Sequence[SpokenWord]) -> tuple[Filler, ...]:
    """Return the doubled words and restarts, each from its first word to the last one said again.

    Args:
        words: the marked words of one answer, rising, in seconds.
    """
    said = [word for word in words if word.mark != "filled_pause"]
    plain = [_plain(word.text) for word in said]
    found, at = [], 0
    while at < len(said):
        end = _end(said, plain, at)
        if end is None:
            at += 1
            continue
        part = said[at:end]
        text = " ".join(word.text for word in part)
        found.append(Filler(text=text, start_s=part[0].start_s, end_s=part[-1].end_s))
        at = end
    return tuple(found)


def _end(said: Sequence[SpokenWord], plain: Sequence[str], at: int) -> int | None:
    """Return the place after the repetition that starts at `at`, the longest and all its turns."""
    for length in range(MOST_WORDS, 0, -1):
        end = at + length
        while (again := _again(said, plain, (end - length, end))) is not None:
            end = again
        if end > at + length:
            return end
    return at + 4 if _is_restart(said, plain, at) else None


def _again(said: Sequence[SpokenWord], plain: Sequence[str], span: tuple[int, int]) -> int | None:
    """Return where the same words end a second time right after `span`, None where they do not."""
    start, end = span
    first = plain[start:end]
    relative = start > 0 and plain[start - 1] in _RELATIVE and len(first) > 1
    if relative or all(word in _ON_PURPOSE or _is_name(word) for word in first):
        return None
    for skipped in (0, 2):
        second = end + skipped
        if skipped and tuple(plain[end:second]) not in _INSIDE:
            continue
        if plain[second : second + len(first)] == first and _in_one_breath(said, end, second):
            return second + len(first)
    return None


def _is_restart(said: Sequence[SpokenWord], plain: Sequence[str], at: int) -> bool:
    """Return whether a clause begins again with the same subject: "I was I had"."""
    part = plain[at : at + 4]
    if len(part) < 4 or (at and plain[at - 1] in _RELATIVE):
        return False
    same = part[0] == part[2] and part[0] in _SUBJECTS
    return same and {part[1], part[3]} <= _AUXILIARIES and _in_one_breath(said, at + 2, at + 2)


def _in_one_breath(said: Sequence[SpokenWord], end: int, again: int) -> bool:
    """Return whether neither a sentence ends nor a long silence lies between the two."""
    before = said[end - 1]
    over = before.text.rstrip("\"'”’)").endswith((".", "?", "!"))
    return not over and said[again].start_s - before.end_s <= MOST_GAP_S


def _is_name(word: str) -> bool:
    """Return whether a word is a number or a spelled letter, which may come twice."""
    letter = len(word) == 1 and word not in ("i", "a")
    return letter or is_count(word) or any(sign.isdigit() for sign in word)


def _plain(text: str) -> str:
    return re.sub(r"[^\w']", "", text.lower().replace("’", "'")).strip("'")
