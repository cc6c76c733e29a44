"""Tell a filler word from the same word used literally, by the words and the punctuation around it.

A filler can be taken out and leaves a sentence that means the same (Meteer and Taylor, "Dysfluency
Annotation Stylebook for the Switchboard Corpus", 1995). For "like" that holds before a clause,
before an amount and inside a phrase, not for the verb, the comparison and the quotative (D'Arcy,
"Like and language ideology", American Speech 82, 2007). What a rule and a list are worth was
measured on the hand-marked Switchboard sample (tests/bench/fillers.py); what was worth nothing
there was left out. Where the words leave it open, it is literal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.text.numbers import find_numbers
from agent.text.words import word_set

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|\+\+[a-z]+\+\+", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".?!;:…")


@dataclass(frozen=True)
class Token:
    """One word of a text with what follows it."""

    word: str
    """Lower case, straight apostrophes."""
    written: str
    start: int
    end: int
    after: str
    """Punctuation up to the next word, without spaces."""

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends after it."""
        return not _SENTENCE_ENDS.isdisjoint(self.after)


Rule = Callable[[Sequence[Token], int], bool]
"""Whether the word at a place is a filler or hedge."""


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text; recognizers' marks ("++um++") lose their plus signs."""
    matches = list(_TOKEN.finditer(text))
    starts = [*(match.start() for match in matches[1:]), len(text)]
    tokens = []
    for match, next_start in zip(matches, starts, strict=False):
        written = match.group().strip("+")
        marks = (len(match.group()) - len(written)) // 2
        word = written.lower().replace("’", "'")
        after = text[match.end() : next_start].strip()
        tokens.append(Token(word, written, match.start() + marks, match.end() - marks, after))
    return tokens


def word_at(tokens: Sequence[Token], at: int) -> str:
    """Return the word at a place, "" outside the text."""
    return tokens[at].word if 0 <= at < len(tokens) else ""


def _break_before(tokens: Sequence[Token], at: int) -> bool:
    return at == 0 or bool(tokens[at - 1].after)


def is_filled_pause(tokens: Sequence[Token], at: int) -> bool:
    """Tell "er" from the ER, "mm" from millimeters, "um" from "uh-huh" and "mm-hm"."""
    token, before, after = tokens[at], word_at(tokens, at - 1), word_at(tokens, at + 1)
    if (token.after == "-" and after) or (
        at and tokens[at - 1].after == "-" and before in ("uh", "mm")
    ):
        return False
    if token.word == "mm" and (bool(find_numbers(before)) or before == "mm"):
        return False
    if token.word == "er" and before in ("the", "our", "an", "in"):
        return False
    shouting = len(tokens) > 1 and all(other.written.isupper() for other in tokens)
    return shouting or len(token.written) == 1 or not token.written.isupper()


def is_you_know(tokens: Sequence[Token], at: int) -> bool:
    """Tell "you know" from "do you know", "if you know it", "you know what it takes"."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    asked = before in ("do", "did", "as", "would", "should") or (
        before in ("if", "how") and after in ("it", "what", "how", "")
    )
    if asked and not _break_before(tokens, at):
        return False
    if tokens[at + 1].after:
        return True
    if after in ("the", "this", "that") and word_at(tokens, at + 3) in (
        "answer",
        "drill",
        "feeling",
    ):
        return False
    objects = ("what", "how", "why", "where", "which", "whether")
    return after not in objects or (at > 0 and tokens[at - 1].after == ",")


def is_i_mean(tokens: Sequence[Token], at: int) -> bool:
    """Tell "I mean" from "what I mean", "I mean it", and from "five, I mean six"."""
    if word_at(tokens, at - 1) in ("what", "which") and not _break_before(tokens, at):
        return False
    corrected = any(find_numbers(token.word) for token in tokens[max(0, at - 3) : at])
    if corrected and find_numbers(word_at(tokens, at + 2)):
        return False
    last = at + 3 >= len(tokens) or bool(tokens[at + 2].after)
    meant = not tokens[at + 1].after and word_at(tokens, at + 2) in ("it", "that", "this", "by")
    return not (meant and last)


_AFTER_WELL = word_set(
    "a i you he she it we they that this there the so yes yeah no not what actually and uh um "
    "whose how anyway since in if maybe let"
)


def is_well(tokens: Sequence[Token], at: int) -> bool:
    """Tell the opener "well" from the adverb: "works well", "as well", "well known"."""
    before, after, closing = word_at(tokens, at - 1), word_at(tokens, at + 1), tokens[at].after
    if before in ("oh", "um", "uh", "and", "but", "yeah", "so", "because"):
        return bool(closing) or after not in ("known", "as", "enough", "done")
    if _break_before(tokens, at):
        return bool(closing) or after not in ("known", "established", "defined", "over", "done")
    if before in ("very", "pretty", "real", "as", "really") or before.endswith("ly"):
        return False
    return after in _AFTER_WELL or "'" in after or (closing == "," and before in _AFTER_WELL)


_KINDS = word_set(
    "a what this that some any the all every which many different these those no another each "
    "right same new certain one only"
)


def is_kind_of(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "kind of" from the noun: "a kind of", "what kind of", "some sort of"."""
    return word_at(tokens, at - 1) not in _KINDS or _break_before(tokens, at)


def is_i_think(tokens: Sequence[Token], at: int) -> bool:
    """Tell the hedge "I think" from a report: "what I think", "when I think about"."""
    before, after = word_at(tokens, at - 1), word_at(tokens, at + 2)
    reported = before in ("what", "when", "how", "do", "did", "as")
    if reported and not _break_before(tokens, at):
        return False
    return after not in ("about", "of") or bool(tokens[at + 1].after)
